// Describes the state of the cluster in plain words, for someone who has never heard of Raft.

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const list = names => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

/** The description while there is no connection. */
export function storyWithout(since) {
  return {
    look: "lost",
    headline: `No connection since ${since.toLocaleTimeString()}.`,
    remarks: ["The page shows the last known state, which may be outdated. It reconnects automatically."],
  };
}

/** Returns a headline and remarks. */
export function storyOf(cluster) {
  if (cluster.nodes.length === 0) return { look: "waiting", headline: "No node is known yet.", remarks: [] };
  const isEnough = cluster.upNodes.length >= cluster.majority;
  if (!isEnough && !cluster.leader) return withoutMajority(cluster);
  if (cluster.leader) return led(cluster);
  return cluster.unseenLeader ? ledUnseen(cluster) : leaderless(cluster);
}

function led(cluster) {
  const { nodeId, term } = cluster.leader;
  const { voters, majority } = cluster;
  const part = cluster.nodes.filter(node => cluster.takesPart(node)).length;
  const spare = part - majority;
  const headline = `${nodeId} leads in term ${term}; ${part} of ${plural(voters, "node")} ${part === 1 ? "takes" : "take"} part.`;
  const consequence = voters === 1
    ? "There is only one node. While it is down, nothing can be read or written."
    : spare < 0
      ? `${majority} are needed. Writes wait until the leader reaches more nodes, or another node is elected.`
      : spare > 0
        ? `Writes continue even if ${plural(spare, "more node")} ${spare === 1 ? "fails" : "fail"}.`
        : `That is just enough: if one more node fails, writes wait until ${majority} are up again.`;
  const remarks = [
    `${consequence} A write is committed once ${majority} of ${voters} have it on disk.`,
    ...deposed(cluster),
    ...cutOff(cluster),
    ...stuck(cluster),
    ...awaiting(cluster),
    ...behind(cluster),
  ];
  const look = spare > 0 || voters === 1 ? "well" : spare === 0 ? "waiting" : "trouble";
  return { look, headline, remarks };
}

/** Others follow a leader that does not respond here. */
function ledUnseen(cluster) {
  const { nodeId, term, followers } = cluster.unseenLeader;
  return {
    look: "waiting",
    headline: `${list(followers)} ${followers.length === 1 ? "follows" : "follow"} ${nodeId} in term ${term}, `
      + "which does not respond here.",
    remarks: [`Either ${nodeId} has just stopped and another node will be elected soon, or it can't be reached from here.`],
  };
}

function withoutMajority(cluster) {
  const up = cluster.upNodes.length;
  const some = up === 0 ? "None" : `Only ${up}`;
  const { voters, majority } = cluster;
  return {
    look: "trouble",
    headline: `${some} of ${plural(voters, "node")} ${up < 2 ? "is" : "are"} up, and ${majority} are needed.`,
    remarks: [
      "No leader can be elected, and writes wait. Committed entries are not lost. Writes continue when enough nodes are back.",
    ],
  };
}

function leaderless(cluster) {
  const candidates = cluster.upNodes.map(node => node.status).filter(status => status.role === "candidate");
  const { voters, majority } = cluster;
  if (candidates.length === 0) {
    return {
      look: "waiting",
      headline: "No leader at the moment.",
      remarks: ["The first node whose countdown ends asks the others for their votes. Writes wait for a leader."],
    };
  }
  const asking = candidates.map(({ nodeId, term }) => `${nodeId} asks for votes in term ${term}`);
  return {
    look: "waiting",
    headline: `No leader: ${list(asking)}. A candidate needs ${majority} of ${voters} votes.`,
    remarks: [
      candidates.length > 1
        ? "Several candidates may split the vote. Then they try again after a random time. Writes wait for a leader."
        : "Each node has one vote per term and gives it only to a node whose log is at least as up-to-date as its own. "
          + "Writes wait.",
    ],
  };
}

/** A leader that was cut off may not yet know that it was replaced. */
const deposed = cluster => cluster.upNodes
  .filter(({ status }) => status.role === "leader" && status.term < cluster.leader.term)
  .map(({ nodeId, status }) =>
    `${nodeId} still considers itself the leader, in the older term ${status.term}. It can't commit anything and steps down when `
    + `it learns of term ${cluster.leader.term}.`);

/** Nodes that the leader can't reach, or whose link to it is cut. */
const cutOff = cluster => cluster.upNodes
  .filter(({ nodeId }) => nodeId !== cluster.leader.nodeId
    && (cluster.isUnheard(nodeId) || cluster.isCut(nodeId, cluster.leader.nodeId)))
  .map(({ nodeId }) => `${nodeId} is cut off from the leader and does not count towards a majority.`);

/** Followers that respond but make no progress. */
const stuck = cluster => cluster.upNodes
  .filter(node => cluster.stuckFor(node) > 0)
  .map(({ nodeId }) => `${nodeId} responds but makes no progress, and does not count towards a majority.`);

/** Nodes that lost their journal. */
const awaiting = cluster => cluster.upNodes
  .filter(node => cluster.awaitsReadmission(node))
  .map(({ nodeId }) =>
    `${nodeId} lost its journal. It receives the log again and does not count towards a majority until it is readmitted.`);

function behind(cluster) {
  const late = cluster.upNodes
    .map(({ nodeId, status }) => [nodeId, cluster.leader.commitIndex - status.lastLogIndex])
    .filter(([, missing]) => missing > 100)
    .map(([nodeId, missing]) => `${nodeId} (${missing.toLocaleString("en")} entries)`);
  return late.length === 0 ? [] : [`Catching up with the leader: ${list(late)}.`];
}
