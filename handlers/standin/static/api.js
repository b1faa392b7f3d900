// The stand-in's control API: the only thing this page talks to.

const root = () => document.body.dataset.control;
const PATIENCE = 20_000; // milliseconds for an ordinary call
const WAIT = 20; // seconds a long poll may hang

/** What went wrong: `status` is 0 when the server could not be reached. */
export class ApiError extends Error {
  constructor(status, said = "") {
    super(said || `HTTP ${status}`);
    this.status = status;
  }
}

async function call(method, path, body, patience = PATIENCE) {
  let response;
  try {
    response = await fetch(root() + path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
  } catch (problem) {
    throw new ApiError(0, problem.message);
  }
  const told = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, told.error ?? told.message);
  return told;
}

const person = (id) => `/citizens/${encodeURIComponent(id)}`;

export const citizens = async () => (await call("GET", "/citizens")).citizens;
export const addCitizen = (displayName, language, userId) =>
  call("POST", "/citizens", { displayName, language, ...(userId && { userId }) });
export const follow = (id) => call("POST", `${person(id)}/follow`, {});
export const block = (id) => call("POST", `${person(id)}/block`, {});
export const unblock = (id) => call("POST", `${person(id)}/unblock`, {});
export const send = (id, message) => call("POST", `${person(id)}/messages`, message);
export const postback = (id, body) => call("POST", `${person(id)}/postback`, body);
export const unsend = (id, messageId) => call("DELETE", `${person(id)}/messages/${encodeURIComponent(messageId)}`);
export const chat = (since, wait = WAIT) =>
  call("GET", `/chat?since=${since}&wait=${wait}`, undefined, (wait + 10) * 1000);

/** The rich menu in force for a citizen, its picture's address made whole; null when there is none. */
export async function richMenu(id) {
  const path = `/richmenu/${encodeURIComponent(id)}`;
  const menu = await call("GET", path);
  if (!menu.areas) return null;
  return { ...menu, imageUrl: menu.imageUrl && new URL(menu.imageUrl, new URL(root() + path, location.href)).href };
}

export const loading = (id) => call("GET", `/loading/${encodeURIComponent(id)}`);
export const mediaUrl = (messageId) => `${root()}/media/${encodeURIComponent(messageId)}`;
