// Everything with a duration (roles, faults, operations), as spans on the lines of the diagram.
import { changesOf, cutsOf, faultName } from "./words.js";

/** The states of a node over time: role, term, down. A new span begins when one of them changes. */
function roleSpans(history, end) {
  const spans = [];
  for (const state of history.states) {
    const term = state.change?.term ?? null;
    const last = spans.at(-1);
    if (last !== undefined && last.role === state.role && last.term === term) continue;
    if (last !== undefined) last.until = state.t;
    spans.push({ t: state.t, until: end, role: state.role, term, why: state.why });
  }
  return spans.filter(span => span.until > span.t || span.until === end);
}

/** Assigns each span to the first row in which it overlaps no other; returns the number of rows. */
export function stack(spans, end) {
  const rows = [];
  for (const span of spans) {
    let row = rows.findIndex(until => until <= span.t);
    if (row < 0) row = rows.push(0) - 1;
    rows[row] = span.until ?? end;
    span.row = row;
  }
  return rows.length;
}

/** Whether a fault is between machines and therefore drawn over all lines. */
export const isBetween = fault => fault.machine === "" || fault.links.length > 0;

export const isPause = fault => /pause|freeze|frozen|stop-the-world|suspend/i.test(fault.type);

/** The bars below a machine's line: its own faults, and the machines from which a partition cuts it off. */
function faultBars(run, machine) {
  const bars = [];
  for (const fault of run.faults) {
    if (isBetween(fault)) {
      const cut = cutsOf(fault).get(machine);
      if (cut !== undefined) bars.push({ t: fault.t, until: fault.until, text: "\u2702 " + cut, fault });
    } else if (fault.machine === machine) {
      bars.push({ t: fault.t, until: fault.until, text: faultName(fault), fault });
    }
  }
  return bars;
}

/** Short texts above a node's line, each at its time; lower ranks are placed first. */
function lineLabels(run, machine) {
  const labels = [];
  for (const moment of run.moments) {
    if (moment.machine !== machine) continue;
    if (moment.what === "note") labels.push({ t: moment.t, rank: 0, text: moment.event.text, isNote: true });
    if (moment.what !== "node" || moment.state.role === "down") continue;
    const clauses = changesOf(moment.state).filter(clause => clause.rank > 0 && clause.rank < 4);
    if (clauses.length === 0) continue;
    const text = clauses.map(clause => clause.text).join(", ");
    labels.push({ t: moment.t, rank: Math.min(...clauses.map(clause => clause.rank)), text, isNote: false });
  }
  return labels;
}

/** The important moments: elections, crashes, faults and violations. */
export function turnsOf(run) {
  return run.moments.map((moment, order) => ({ moment, order })).filter(({ moment }) => {
    if (moment.what !== "node") return ["power", "fault", "fault-end", "violation"].includes(moment.what);
    const before = moment.state?.before;
    return before != null && (before.role !== moment.state.role || before.change?.term !== moment.event.term);
  });
}

/** The lines of the machines with everything on them. */
export function linesOf(run) {
  const nodes = run.nodes.map(name => ({
    name, isNode: true, spans: roleSpans(run.histories.get(name), run.end), bars: faultBars(run, name),
    labels: lineLabels(run, name), operations: [],
  }));
  const clients = run.clients.map(name => ({
    name, isNode: false, spans: [], bars: faultBars(run, name), labels: lineLabels(run, name),
    operations: run.operations.filter(operation => operation.machine === name),
  }));
  for (const line of [...nodes, ...clients]) {
    line.barRows = stack(line.bars, run.end);
    line.operationRows = stack(line.operations, run.end);
  }
  return [...nodes, ...clients];
}
