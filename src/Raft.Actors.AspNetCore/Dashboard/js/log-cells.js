// The appearance and the accessible name of a log cell.
import { firstIndexOf } from "./log-pages.js";

const colours = 8;

/** Returns class, text and name for an index of a node's log; null if the log has no such index. */
export function cellOf(cluster, pages, node, index) {
  const status = cluster.lastStatus(node.nodeId);
  if (!status || index > status.lastLogIndex) return null;
  if (index < firstIndexOf(status)) return { look: "compacted", text: "▤", name: "covered by the snapshot" };
  const entry = pages.entry(node.nodeId, index);
  if (!entry) return { look: "unknown", text: "·", name: "not loaded yet" };
  const stage = stageOf(status, index);
  const isDifferent = differs(cluster, pages, index, entry.term);
  return {
    look: `t${entry.term % colours} ${stage}${isDifferent ? " differs" : ""}`,
    text: String(entry.term),
    name: `term ${entry.term}, ${stage}${isDifferent ? ", differs between nodes" : ""}`,
    title: describe(entry),
  };
}

export function stageOf(status, index) {
  return index <= status.lastApplied ? "applied" : index <= status.commitIndex ? "committed" : "appended";
}

/** Whether another node has an entry with another term at this index (Raft §5.3: same index and term, same entry). */
function differs(cluster, pages, index, term) {
  return cluster.nodes.some(({ nodeId }) => {
    const status = cluster.lastStatus(nodeId);
    const other = status && index <= status.lastLogIndex ? pages.entry(nodeId, index) : undefined;
    return other !== undefined && other.term !== term;
  });
}

export function describe(entry) {
  if (entry.command) return entry.command;
  return entry.kind === "no-op" ? "no-op: the first entry of a leader's term" : entry.kind;
}
