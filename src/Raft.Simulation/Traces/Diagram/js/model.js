// The run, decoded from the JSON in the page. Times are milliseconds of virtual time since the start of the run.
import { classify } from "./kinds.js";

const FIELDS = {
  message: ["to", "type", "detail", "arrival", "fate"],
  node: ["role", "term", "votedFor", "leader", "commit", "applied", "durable", "kept", "appended"],
  power: ["isUp", "why"],
  fault: ["type", "text", "until", "links"],
  note: ["text"],
  operation: ["call", "outcome", "until"],
  violation: ["check", "source", "fact", "contradiction"],
};

const TICKS_PER_MS = 10000;
const PHASE = { arrive: 0, event: 1, end: 2, violation: 3 };

function decodeEvent([what, ticks, machine, ...values]) {
  const event = { what, t: ticks / TICKS_PER_MS, machine };
  FIELDS[what].forEach((name, i) => { event[name] = values[i]; });
  for (const name of ["arrival", "until"]) if (event[name] != null) event[name] /= TICKS_PER_MS;
  if (what === "node") event.appended = event.appended.map(([index, term, text]) => ({ index, term, text }));
  return event;
}

/** The first position in an ascending list at which `key` returns more than `limit`. */
export function upperBound(list, limit, key) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle]) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The run: its events by kind, and its moments (everything that one can step through) in order. */
export class Run {
  constructor(data) {
    this.title = data.title;
    this.command = data.command;
    this.nodes = data.nodes;
    this.clients = data.clients;
    const events = data.events.map(decodeEvent);
    const all = what => events.filter(event => event.what === what);
    this.messages = all("message");
    this.faults = all("fault");
    this.operations = all("operation");
    this.violations = all("violation");
    classify(this.messages, new Set(this.clients));
    this.end = this.#endOf(events);
    this.typicalDelay = this.#typicalDelay();
    this.longestDelay = this.messages.reduce((max, m) => Math.max(max, (m.arrival ?? m.t) - m.t), this.typicalDelay);
    this.moments = this.#momentsOf(events);
    this.histories = new Map(this.nodes.map(node => [node, new History(this.moments, node)]));
  }

  /** The position of the last moment at or before a time; -1 before the first. */
  momentAt(t) {
    return upperBound(this.moments, t, moment => moment.t) - 1;
  }

  #endOf(events) {
    return events.reduce((end, e) => Math.max(end, e.t, e.fate === "delivered" ? e.arrival ?? 0 : 0), 1);
  }

  #typicalDelay() {
    const delays = this.messages.filter(m => m.arrival != null).map(m => m.arrival - m.t).sort((a, b) => a - b);
    return delays.length > 0 ? delays[delays.length >> 1] : 1;
  }

  #momentsOf(events) {
    const moments = [];
    const add = (t, phase, what, event) => moments.push({ t, phase, what, event, machine: event.machine });
    for (const event of events) {
      add(event.t, event.what === "violation" ? PHASE.violation : PHASE.event, event.what, event);
      if (event.what === "message" && event.arrival != null && (event.fate === "delivered" || event.fate === "receiver down")) {
        add(event.arrival, PHASE.arrive, "arrival", event);
        moments.at(-1).machine = event.to;
      }
      if (event.until != null && event.until <= this.end) add(event.until, PHASE.end, event.what + "-end", event);
    }
    return moments.sort((a, b) => a.t - b.t || a.phase - b.phase);
  }
}

/** All states of one node. The state at a moment is the last one that is not after it. */
class History {
  static #every = 64;

  constructor(moments, node) {
    this.states = [];
    const own = moments.map((moment, order) => ({ moment, order }))
      .filter(({ moment }) => moment.machine === node && (moment.what === "node" || moment.what === "power"));
    const first = own.find(({ moment }) => moment.what === "power")?.moment.event;
    let power = { isUp: first?.isUp !== true, t: -1, why: "not started" };
    let last = null;
    for (const { moment, order } of own) {
      const { what, t, event } = moment;
      if (what === "power") power = event;
      else last = event;
      // A node that changes is up: the trace shows a restart by the supervisor only as going down.
      if (what === "node" && t > power.t) power = { ...power, isUp: true };
      // Events at the time of a start may be recorded before or after it.
      const role = !power.isUp ? "down" : last === null || (what === "power" && last.t < t) ? "starting" : last.role;
      this.#add({ order, t, role, why: power.why, change: last, isChange: what === "node" });
      moment.state = this.states.at(-1);
    }
  }

  /** The state after the moment at this position; null before the first. */
  at(order) {
    const position = upperBound(this.states, order, state => state.order) - 1;
    return position < 0 ? null : this.states[position];
  }

  /** The log in a state, in the order of its indexes. */
  logOf(state) {
    let position = state.position;
    while (this.states[position].log === undefined) position--;
    let log = this.states[position].log;
    for (position++; position <= state.position; position++) log = this.#grown(log, this.states[position]);
    return log;
  }

  #add(state) {
    state.position = this.states.length;
    state.before = this.states.at(-1) ?? null;
    this.states.push(state);
    const before = state.before;
    if (before !== null && state.isChange && state.change.kept < before.lastIndex) this.#keepEqual(state);
    const from = before === null ? 0 : before.lastIndex;
    state.lastIndex = !state.isChange ? from : state.change.appended.at(-1)?.index ?? Math.min(from, state.change.kept);
    state.truncatedFrom = state.isChange && state.change.kept < from ? state.change.kept + 1 : null;
    if (before === null) state.log = this.#grown([], state);
    else if (state.position % History.#every === 0) state.log = this.logOf(state);
  }

  /** A node that restarted records its whole log. Entries that it had before count as kept, so that losses stand out. */
  #keepEqual({ change, before }) {
    const old = new Map(this.logOf(before).map(entry => [entry.index, entry]));
    const isOld = entry => old.get(entry.index)?.term === entry.term && old.get(entry.index).text === entry.text;
    const firstNew = change.appended.findIndex(entry => !isOld(entry));
    const equal = firstNew < 0 ? change.appended.length : firstNew;
    if (equal > 0) change.kept = change.appended[equal - 1].index;
    change.appended = change.appended.slice(equal);
  }

  #grown(log, state) {
    if (!state.isChange) return log;
    const { kept, appended } = state.change;
    if (appended.length === 0 && (log.length === 0 || log.at(-1).index <= kept)) return log;
    return log.filter(entry => entry.index <= kept).concat(appended);
  }
}
