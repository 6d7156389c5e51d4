// The loaded entries of all logs, which are requested page by page.
import { get } from "./api.js";

const pause = 150;
const pauseAfterProblem = 1000;
const maxPage = 200;
const maxKept = 3000;

/** The loaded part of a node's log. */
class NodeLog {
  entries = new Map();
  isAsking = false;
  notBefore = 0;

  /** An entry is valid as long as it can't have been replaced: forever if committed, otherwise until the log changes. */
  knows(index, version) {
    const known = this.entries.get(index);
    return known !== undefined && (known.entry.committed || known.version === version);
  }

  take(page, version) {
    for (const entry of page.entries) this.entries.set(entry.index, { entry, version });
    for (const index of this.entries.keys()) if (index > page.lastIndex) this.entries.delete(index);
  }

  forgetFarFrom(from, to) {
    if (this.entries.size <= maxKept) return;
    for (const index of this.entries.keys()) if (index < from - maxPage || index > to + maxPage) this.entries.delete(index);
  }
}

/** Requests missing entries and reports when some have arrived. */
export class LogPages {
  #logs = new Map();
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** The entry at an index of a node's log; undefined if it is not loaded yet. */
  entry(nodeId, index) {
    return this.#logs.get(nodeId)?.entries.get(index)?.entry;
  }

  /** Requests the missing entries of a node's window. */
  want(status, from, to) {
    const { nodeId } = status;
    if (!this.#logs.has(nodeId)) this.#logs.set(nodeId, new NodeLog());
    const log = this.#logs.get(nodeId);
    const version = `${status.term} ${status.lastLogTerm} ${status.lastLogIndex} ${status.commitIndex}`;
    const first = Math.max(from, firstIndexOf(status));
    const missing = [];
    for (let i = first; i <= Math.min(to, status.lastLogIndex); i++) if (!log.knows(i, version)) missing.push(i);
    if (missing.length === 0 || log.isAsking) return;
    log.forgetFarFrom(from, to);
    this.#ask(log, nodeId, version, missing[0], Math.min(missing.at(-1) - missing[0] + 1, maxPage));
  }

  async #ask(log, nodeId, version, from, limit) {
    log.isAsking = true;
    await new Promise(resolve => setTimeout(resolve, log.notBefore - performance.now()));
    try {
      log.take(await get(`log?node=${encodeURIComponent(nodeId)}&from=${from}&limit=${limit}`), version);
      log.notBefore = performance.now() + pause;
    } catch {
      // The card of the node says why; its cells stay as they were.
      log.notBefore = performance.now() + pauseAfterProblem;
    }
    log.isAsking = false;
    this.#onChange();
  }
}

/** The first index that the log still has; a snapshot covers all earlier ones. */
export const firstIndexOf = status => status.firstLogIndex ?? 1;
