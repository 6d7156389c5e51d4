// Says in plain words what the cluster is doing, for somebody who has never heard of Raft.

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const list = names => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

/** What stands there while nothing comes from the server. */
export function storyWithout(since) {
  return {
    look: "lost",
    headline: `No connection since ${since.toLocaleTimeString()}.`,
    remarks: ["What is below is how it was then, and may be otherwise now. The page tries again by itself."],
  };
}

/** A headline and a few remarks. */
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
    ? "There is only one node: while it is down, nothing can be read or written."
    : spare < 0
      ? `${majority} are needed: writes wait until the leader reaches more, or another node is elected.`
      : spare > 0
        ? `Writes go on even if ${plural(spare, "more node")} ${spare === 1 ? "fails" : "fail"}.`
        : `That is just enough: if one more fails, writes wait until ${majority} are up again.`;
  const remarks = [
    `${consequence} A write counts when ${majority} of ${voters} have it on disk.`,
    ...deposed(cluster),
    ...cutOff(cluster),
    ...stuck(cluster),
    ...awaiting(cluster),
    ...behind(cluster),
  ];
  const look = spare > 0 || voters === 1 ? "well" : spare === 0 ? "waiting" : "trouble";
  return { look, headline, remarks };
}

/** The leader is not seen from here; others follow it. */
function ledUnseen(cluster) {
  const { nodeId, term, followers } = cluster.unseenLeader;
  return {
    look: "waiting",
    headline: `${list(followers)} ${followers.length === 1 ? "follows" : "follow"} ${nodeId} in term ${term}, which does not answer here.`,
    remarks: [`Either ${nodeId} has just stopped, and another node is elected in a moment, or it can't be reached from here.`],
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
      "Nobody can be elected and writes wait. Nothing that was committed is lost: it goes on when enough nodes are back.",
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
    headline: `No leader: ${list(asking)}, and needs ${majority} of ${voters}.`,
    remarks: [
      candidates.length > 1
        ? "Several ask at once, so the votes may split; then they try again after a random time. Writes wait for a leader."
        : "Each node has one vote in a term and gives it only to a node whose log is as new as its own. Writes wait.",
    ],
  };
}

/** A leader that was cut off may not know yet that it was replaced. */
const deposed = cluster => cluster.upNodes
  .filter(({ status }) => status.role === "leader" && status.term < cluster.leader.term)
  .map(({ nodeId, status }) =>
    `${nodeId} still believes that it leads, in the older term ${status.term}. It can commit nothing, and gives up when it `
    + `hears of term ${cluster.leader.term}.`);

/** A node that the leader does not hear, or whose link to it is cut. */
const cutOff = cluster => cluster.upNodes
  .filter(({ nodeId }) => nodeId !== cluster.leader.nodeId
    && (cluster.isUnheard(nodeId) || cluster.isCut(nodeId, cluster.leader.nodeId)))
  .map(({ nodeId }) => `${nodeId} is cut off from the leader: writes can't count on it.`);

/** A follower that answers and gets nothing. */
const stuck = cluster => cluster.upNodes
  .filter(node => cluster.stuckFor(node) > 0)
  .map(({ nodeId }) => `${nodeId} answers and makes no progress: writes can't count on it.`);

/** A node whose journal was lost. */
const awaiting = cluster => cluster.upNodes
  .filter(node => cluster.awaitsReadmission(node))
  .map(({ nodeId }) => `${nodeId} lost its journal: it gets the log again, and writes can't count on it before an entry readmits it.`);

function behind(cluster) {
  const late = cluster.upNodes
    .map(({ nodeId, status }) => [nodeId, cluster.leader.commitIndex - status.lastLogIndex])
    .filter(([, missing]) => missing > 100)
    .map(([nodeId, missing]) => `${nodeId} (${missing.toLocaleString("en")} entries)`);
  return late.length === 0 ? [] : [`Behind the leader, and getting what is missing: ${list(late)}.`];
}
