// The events in words.

/** A time in seconds, with enough decimals to distinguish two events. */
export const seconds = (ms, decimals = 4) => (ms / 1000).toFixed(decimals) + " s";

/** A duration in the most readable unit. */
export const duration = ms => ms >= 1000 ? (ms / 1000).toFixed(2) + " s" : Number(ms.toFixed(ms < 10 ? 2 : 0)) + " ms";

const FATES = {
  delivered: "delivered", lost: "lost by the network", cut: "lost: the link was cut",
  "receiver down": "arrived while the receiver was down",
};

export const entryName = entry => `${entry.index}/${entry.term}`;

/** The changes from one state of a node to the next, as short clauses; the most important first. */
export function changesOf(state) {
  const { change } = state;
  const before = lastChangeBefore(state);
  const clauses = [];
  const add = (rank, text) => clauses.push({ rank, text });
  const role = before?.role ?? "nothing";
  if (role !== change.role || state.before?.role === "down" || state.before?.role === "starting") {
    add(0, `${change.role} in term ${change.term}`);
  } else if (before.term !== change.term) {
    add(0, `term ${change.term}`);
  }
  if (change.votedFor !== null && (before?.votedFor !== change.votedFor || before?.term !== change.term)) {
    add(change.votedFor === change.machine ? 4 : 1, `votes for ${change.votedFor}`);
  }
  if (change.leader !== null && before?.leader !== change.leader) add(4, `leader is ${change.leader}`);
  if (state.truncatedFrom !== null) add(1, `drops entries from ${state.truncatedFrom} on`);
  if (change.appended.length > 0) add(2, "+" + summary(change.appended.map(entryName)));
  if ((before?.commit ?? 0) !== change.commit) add(change.commit === 0 ? 5 : 3, `commit ${change.commit}`);
  if ((before?.durable ?? 0) !== change.durable) add(5, `durable ${change.durable}`);
  if ((before?.applied ?? 0) !== change.applied) add(5, `applied ${change.applied}`);
  return clauses;
}

function lastChangeBefore(state) {
  let before = state.before;
  while (before !== null && !before.isChange) before = before.before;
  return before?.change ?? null;
}

const summary = names => names.length <= 2 ? names.join(", ") : `${names[0]} \u2026 ${names.at(-1)}`;

/** A moment in one line. */
export function wordsOf({ what, event, state }) {
  switch (what) {
    case "message": return `${event.machine} \u2192 ${event.to} ${contentOf(event)}`;
    case "arrival": return `${event.to} \u2190 ${event.machine} ${contentOf(event)}`;
    case "node": {
      const clauses = state === undefined ? [] : changesOf(state).map(clause => clause.text);
      return `${event.machine}: ${clauses.join("; ") || "no visible change"}`;
    }
    case "power": return `${event.machine} ${event.isUp ? "up" : "down"}: ${event.why}`;
    case "fault": return `Begins${on(event)}: ${faultName(event)}`;
    case "fault-end": return `Ends${on(event)}: ${faultName(event)}`;
    case "note": return `${event.machine ? event.machine + ": " : ""}${event.text}`;
    case "operation": return `${event.machine} calls ${event.call}`;
    case "operation-end": return `${event.machine}: ${event.call} \u21d2 ${event.outcome}`;
    default: return `Violated${on(event)}: ${event.check}`;
  }
}

const contentOf = message => message.type + (message.detail ? `: ${message.detail}` : "")
  + (message.fate === "delivered" ? "" : ` (${FATES[message.fate]})`);

const arrived = event => event.fate === "delivered" ? "arrived" : "due";

export const on = event => event.machine ? ` on ${event.machine}` : "";

/** Describes an object of the diagram: a title and the lines below it. */
export function explain(event) {
  switch (event.what) {
    case "message": return {
      title: `${event.type}  ${event.machine} \u2192 ${event.to}`,
      lines: [
        ...(event.detail ? [event.detail] : []),
        `sent ${seconds(event.t)}`,
        ...(event.arrival == null ? []
          : [`${arrived(event)} ${seconds(event.arrival)}, ${duration(event.arrival - event.t)} later`]),
        FATES[event.fate],
      ],
    };
    case "fault": return {
      title: event.type + on(event),
      lines: [
        faultName(event), `${seconds(event.t)} to ${seconds(event.until)}`, duration(event.until - event.t), ...cutLines(event),
      ],
    };
    case "operation": return {
      title: `${event.machine}: ${event.call}`,
      lines: [
        `outcome: ${event.outcome}`,
        event.until == null ? `from ${seconds(event.t)}; never ended`
          : `${seconds(event.t)} to ${seconds(event.until)} (${duration(event.until - event.t)})`,
      ],
    };
    case "note": return { title: `note${on(event)}`, lines: [event.text, seconds(event.t)] };
    default: return { title: event.check, lines: [event.fact, event.contradiction, seconds(event.t)] };
  }
}

/** A fault in words, starting with its kind, which appears only once even if the text repeats it. */
export function faultName({ type, text }) {
  const at = text.toLowerCase().indexOf(type.toLowerCase());
  return at < 0 ? `${type}: ${text}` : text.slice(at);
}

function cutLines(fault) {
  const cut = cutsOf(fault);
  return [...cut].map(([machine, text]) => `${machine} ${text}`);
}

/** For each machine that a fault cuts off: from which machines, in both directions or in one. */
export function cutsOf(fault) {
  const to = new Map();
  const from = new Map();
  const add = (map, key, value) => map.set(key, (map.get(key) ?? new Set()).add(value));
  for (let i = 0; i + 1 < fault.links.length; i += 2) {
    add(to, fault.links[i], fault.links[i + 1]);
    add(from, fault.links[i + 1], fault.links[i]);
  }
  const cuts = new Map();
  for (const machine of [...new Set([...to.keys(), ...from.keys()])].sort()) {
    const outgoing = to.get(machine) ?? new Set();
    const incoming = from.get(machine) ?? new Set();
    const parts = [
      ["cut from", [...outgoing].filter(other => incoming.has(other))],
      ["cannot send to", [...outgoing].filter(other => !incoming.has(other))],
      ["cannot hear", [...incoming].filter(other => !outgoing.has(other))],
    ];
    const texts = parts.filter(([, others]) => others.length > 0).map(([verb, others]) => `${verb} ${others.join(" ")}`);
    cuts.set(machine, texts.join(", "));
  }
  return cuts;
}
