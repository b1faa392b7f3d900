// A survey rehearsed: the page was opened with a code and the LINE id of a made-up citizen, who begins at once.

import * as api from "./api.js";
import { t } from "./words.js";

// Made by bot/rehearsals/inviting.py. Nothing else is taken from an address: a link must not speak for anybody.
const CITIZEN = /^U7e57[0-9a-f]{28}$/;
const CODE = /^[0-9A-Z]{5}$/;

/** Whether this citizen is made up for a rehearsal, so that nothing they say counts. */
export const isTest = (citizen) => CITIZEN.test(citizen.userId);

/** Let the citizen of the address come and begin. Returns their id, "" where the address names none. */
export async function beginRehearsal() {
  const asked = new URLSearchParams(location.search);
  const code = asked.get("rehearsal") ?? "";
  const id = asked.get("citizen") ?? "";
  if (!CODE.test(code) || !CITIZEN.test(id)) return "";
  history.replaceState(null, "", location.pathname); // a reload goes on; it does not begin again
  try {
    await api.addCitizen(t("testCitizen", { code }), "th", id);
  } catch (problem) {
    if (problem.status === 409) return id;
    throw problem;
  }
  await api.follow(id);
  await api.send(id, { type: "text", text: `ทดสอบ-${code}` });
  return id;
}
