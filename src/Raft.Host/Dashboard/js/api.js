// Requests to the API. All addresses are relative, so that the page works below any path of a reverse proxy.

const patience = 15_000;
const prefix = document.querySelector('meta[name="raft-api"]').content;

/** Where a path of the API is. */
export const addressOf = path => `${prefix}/${path}`;

/** What the API, or the way to it, has against a request; the message is for people. */
export class Problem extends Error {
  constructor(message, status = 0, body = {}) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** Sends a request for a path of the API; the answer is good, or a Problem is thrown. */
export async function send(method, path, { body, headers } = {}) {
  let answer;
  try {
    answer = await fetch(addressOf(path), { method, body, headers, cache: "no-store", signal: AbortSignal.timeout(patience) });
  } catch (e) {
    throw new Problem(e.name === "TimeoutError"
      ? `${location.host} did not answer within ${patience / 1000} seconds.`
      : `The connection to ${location.host} broke.`);
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Problem(problem.detail ?? `${location.host} answered ${answer.status}.`, answer.status, problem);
}

/** A POST is taken only as JSON, so that a form of another site can't send it. */
export const post = (path, body = {}) =>
  send("POST", path, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

export const get = async path => (await send("GET", path)).json();

export const keyPath = key => `kv/${encodeURIComponent(key)}`;

/** The paths that this process answers, as its own document lists them. */
export async function knownPaths() {
  const { href } = document.querySelector('link[rel="service-desc"]');
  const { paths } = await (await fetch(href)).json();
  return Object.keys(paths).map(path => path.slice(prefix.length + 2));
}
