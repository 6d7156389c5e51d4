// Says in plain words what the cluster is doing, for somebody who has never heard of Raft.

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const list = names => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

/** A headline and a few remarks. */
export function storyOf(cluster) {
  if (cluster.nodes.length === 0) return { look: "waiting", headline: "No node is known yet.", remarks: [] };
  const isEnough = cluster.upNodes.length >= cluster.majority;
  if (!isEnough) return withoutMajority(cluster);
  return cluster.leader ? led(cluster) : leaderless(cluster);
}

function led(cluster) {
  const { nodeId, term } = cluster.leader;
  const { voters, majority } = cluster;
  const up = cluster.upNodes.length;
  const spare = up - majority;
  const headline = `${nodeId} leads in term ${term}; ${up} of ${plural(voters, "node")} ${up === 1 ? "is" : "are"} up.`;
  const consequence = voters === 1
    ? "There is only one node: while it is down, nothing can be read or written."
    : spare > 0
      ? `Writes go on even if ${plural(spare, "more node")} ${spare === 1 ? "fails" : "fail"}.`
      : `That is just enough: if one more fails, writes wait until ${majority} are up again.`;
  const remarks = [
    `${consequence} A write counts when ${majority} of ${voters} have it on disk.`,
    ...deposed(cluster),
    ...cutOff(cluster),
    ...behind(cluster),
  ];
  return { look: spare > 0 || voters === 1 ? "well" : "waiting", headline, remarks };
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

/** A node whose links to the leader are cut hears no heartbeat. */
const cutOff = cluster => cluster.upNodes
  .filter(({ nodeId }) => nodeId !== cluster.leader.nodeId && cluster.isCut(nodeId, cluster.leader.nodeId))
  .map(({ nodeId }) => `${nodeId} is cut off from the leader, so it hears no heartbeats and gets no entries.`);

function behind(cluster) {
  const late = cluster.upNodes
    .map(({ nodeId, status }) => [nodeId, cluster.leader.commitIndex - status.lastLogIndex])
    .filter(([, missing]) => missing > 100)
    .map(([nodeId, missing]) => `${nodeId} (${missing.toLocaleString("en")} entries)`);
  return late.length === 0 ? [] : [`Behind the leader, and getting what is missing: ${list(late)}.`];
}
