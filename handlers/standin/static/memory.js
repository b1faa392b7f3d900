// What this browser remembers between visits. A browser that forbids storage only forgets sooner.

const PREFIX = "khaojai.phone.";

export function recall(key, otherwise) {
  try {
    const kept = localStorage.getItem(PREFIX + key);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise;
  }
}

export function remember(key, value) {
  try {
    if (value === undefined || value === "" || value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Private windows may refuse; the page works without.
  }
}
