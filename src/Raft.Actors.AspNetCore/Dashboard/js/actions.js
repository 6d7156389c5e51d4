// The actions of a node: become leader, or take a snapshot.
import { operations, post } from "./api.js";
import { confirmed } from "./confirm.js";
import { byId, say } from "./dom.js";

const answer = (text, isProblem = false) => {
  byId("action-answer").classList.toggle("problem", isProblem);
  say(byId("action-answer"), text);
};

async function transfer(nodeId) {
  const isSure = await confirmed(
    `Make ${nodeId} the leader?`,
    `The leader first sends ${nodeId} all missing entries, then makes it start an election immediately. Writes pause for a `
    + "moment; none is lost.",
    `Make ${nodeId} lead`);
  if (!isSure) return;
  answer(`Transferring leadership to ${nodeId} …`);
  try {
    const done = await (await post("leadership/transfer", { to: nodeId })).json();
    answer(`${done.from} transferred leadership to ${done.to}, which leads in term ${done.term}.`);
  } catch (e) {
    answer(e.message, true);
  }
}

async function snapshot(nodeId) {
  const isSure = await confirmed(
    `Take a snapshot on ${nodeId}?`,
    `${nodeId} writes its state to disk and drops the log entries that the snapshot covers.`,
    "Take snapshot");
  if (!isSure) return;
  try {
    await post(`snapshot?node=${encodeURIComponent(nodeId)}`);
    answer(`Taking a snapshot on ${nodeId} …`);
  } catch (e) {
    answer(e.message, true);
  }
}

/** The actions on a card. */
export const actions = [
  ["transfer", nodeId => `Make ${nodeId} leader …`, transfer],
  ["snapshot", nodeId => `Snapshot of ${nodeId} …`, snapshot],
];

/** Whether an action is possible on a node, and the API supports it. */
export const offers = (action, node, cluster) => cluster.isUp(node) && (action === "transfer"
  ? operations.has("POST leadership/transfer") && cluster.leader !== null && cluster.leader.nodeId !== node.nodeId
  : operations.has("POST snapshot"));
