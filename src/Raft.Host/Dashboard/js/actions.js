// What a person can make a node do: lead, or take a snapshot.
import { post } from "./api.js";
import { confirmed } from "./confirm.js";
import { byId, say } from "./dom.js";

const answer = (text, isProblem = false) => {
  byId("action-answer").classList.toggle("problem", isProblem);
  say(byId("action-answer"), text);
};

async function transfer(nodeId) {
  const isSure = await confirmed(
    `Make ${nodeId} the leader?`,
    `The leader first gives ${nodeId} all entries that it lacks, then lets it call an election at once. Writes wait for a `
    + "moment; none is lost.",
    `Make ${nodeId} lead`);
  if (!isSure) return;
  answer(`The leadership goes to ${nodeId} …`);
  try {
    const done = await (await post("leadership/transfer", { to: nodeId })).json();
    answer(`${done.from} handed the leadership to ${done.to}, which leads in term ${done.term}.`);
  } catch (e) {
    answer(e.message, true);
  }
}

async function snapshot(nodeId) {
  const isSure = await confirmed(
    `Take a snapshot on ${nodeId}?`,
    `${nodeId} writes its state to disk and drops the entries of its log that the snapshot covers.`,
    "Take it");
  if (!isSure) return;
  try {
    await post(`snapshot?node=${encodeURIComponent(nodeId)}`);
    answer(`${nodeId} takes a snapshot.`);
  } catch (e) {
    answer(e.message, true);
  }
}

/** The actions of a card. */
export const actions = [
  ["transfer", nodeId => `Make ${nodeId} leader …`, transfer],
  ["snapshot", nodeId => `Snapshot of ${nodeId} …`, snapshot],
];

/** Whether an action makes sense for a node; snapshots only where the API can take them. */
export function offers(paths) {
  return (action, node, cluster) => cluster.isUp(node) && (action === "transfer"
    ? cluster.leader !== null && cluster.leader.nodeId !== node.nodeId
    : paths.has("snapshot"));
}
