// Requests to the API. All URLs are relative, so that the page works behind any reverse proxy path.

const patience = 15_000;
const prefix = document.querySelector('meta[name="raft-api"]').content;

/** Returns the URL of a path of the API. */
export const addressOf = path => `${prefix}/${path}`;

/** A failed request. The message is for the user. */
export class Problem extends Error {
  constructor(message, status = 0, body = {}) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** Sends a request to a path of the API. Throws a Problem if it fails. */
export async function send(method, path, { body, headers } = {}) {
  let answer;
  try {
    answer = await fetch(addressOf(path), { method, body, headers, cache: "no-store", signal: AbortSignal.timeout(patience) });
  } catch (e) {
    throw new Problem(e.name === "TimeoutError"
      ? `${location.host} did not respond within ${patience / 1000} seconds.`
      : `The connection to ${location.host} failed.`);
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Problem(problem.detail ?? `${location.host} responded with status ${answer.status}.`, answer.status, problem);
}

/** Sends a POST as JSON. The API accepts nothing else, so that a form on another site can't send it. */
export const post = (path, body = {}) =>
  send("POST", path, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

export const get = async path => (await send("GET", path)).json();

export const keyPath = key => `kv/${encodeURIComponent(key)}`;

/** The operations that this process serves, as it wrote them into the page: "POST snapshot". */
export const operations = new Set(document.querySelector('meta[name="raft-operations"]').content.split(","));
