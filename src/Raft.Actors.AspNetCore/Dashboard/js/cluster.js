// The known state of the cluster, and what follows from it. Nothing here draws.

/** A follower that lacks committed entries and receives none for this many milliseconds is stuck. */
const tooLong = 10_000;

/** The latest state of all nodes. */
export class Cluster {
  seenFrom = null;
  nodes = [];
  /** The response of api/dev/faults; null if this is not a cluster of raft dev. */
  faults = null;
  #last = new Map();
  #lacking = new Map();

  takeAll(answer) {
    this.seenFrom = answer.seenFrom;
    this.nodes = [];
    answer.nodes.forEach(node => this.takeNode(node));
  }

  takeNode(node) {
    const known = { ...node, seenAt: performance.now() };
    if (node.status) this.#last.set(node.nodeId, node.status);
    const at = this.nodes.findIndex(n => n.nodeId === node.nodeId);
    if (at >= 0) this.nodes[at] = known;
    else this.nodes.push(known);
    this.#watchProgress(known.seenAt);
    this.nodes.sort((a, b) => a.nodeId.localeCompare(b.nodeId, "en", { numeric: true }));
  }

  /** Records since when a node has lacked committed entries and received none. */
  #watchProgress(now) {
    const { leader } = this;
    for (const { nodeId, status } of this.upNodes) {
      const { lastLogIndex } = status;
      if (!leader || lastLogIndex >= leader.commitIndex) this.#lacking.delete(nodeId);
      else if (this.#lacking.get(nodeId)?.lastLogIndex !== lastLogIndex) this.#lacking.set(nodeId, { lastLogIndex, since: now });
    }
  }

  /** Returns for how many seconds a responding node has lacked committed entries and received none; 0 if not for long. */
  stuckFor(node) {
    if (!this.leader || !this.isUp(node) || node.nodeId === this.leader.nodeId) return 0;
    const told = this.leader.followers.find(f => f.nodeId === node.nodeId)?.stalledSeconds ?? 0;
    const now = performance.now();
    const seen = now - (this.#lacking.get(node.nodeId)?.since ?? now);
    const longest = Math.max(told * 1000, seen);
    return longest < tooLong ? 0 : Math.floor(longest / 1000);
  }

  /** Whether the leader can't reach a node, although it may respond here. */
  isUnheard(nodeId) {
    const follower = this.leader?.followers.find(f => f.nodeId === nodeId);
    return follower ? !follower.reached : false;
  }

  /** Whether a node takes part: it leads, or the leader reaches it and it makes progress. */
  takesPart(node) {
    if (!this.leader || node.nodeId === this.leader.nodeId) return this.isUp(node);
    const follower = this.leader.followers.find(f => f.nodeId === node.nodeId);
    const isHeard = follower ? follower.reached : this.isUp(node) && node.status.leaderId === this.leader.nodeId;
    return isHeard && this.faultOf(node.nodeId) === "running" && this.stuckFor(node) === 0 && !this.awaitsReadmission(node);
  }

  /** Whether a node lost its journal and has not been readmitted yet. */
  awaitsReadmission(node) {
    return node.status?.awaitsReadmission === true;
  }

  /** The last known status of a node. */
  lastStatus(nodeId) {
    return this.#last.get(nodeId) ?? null;
  }

  faultOf(nodeId) {
    return this.faults?.nodes.find(n => n.nodeId === nodeId)?.state ?? "running";
  }

  isCut(a, b) {
    return this.faults?.cuts.some(c => (c.from === a && c.to === b) || (c.from === b && c.to === a)) ?? false;
  }

  isUp(node) {
    return node.status !== null && node.reachable && this.faultOf(node.nodeId) === "running";
  }

  get upNodes() {
    return this.nodes.filter(node => this.isUp(node));
  }

  /** If two nodes claim to lead, the one with the newer term does; the other does not know yet. */
  get leader() {
    const leaders = this.upNodes.map(node => node.status).filter(status => status.role === "leader");
    return leaders.sort((a, b) => b.term - a.term)[0] ?? null;
  }

  /** The number of voters, as the node with the newest term knows it. */
  get voters() {
    const known = this.nodes.map(n => this.lastStatus(n.nodeId)).filter(Boolean).sort((a, b) => b.term - a.term)[0];
    return known?.members.length || this.nodes.length;
  }

  /** A leader that does not respond here but that others follow, with its followers; null if there is none. */
  get unseenLeader() {
    const newest = Math.max(...this.upNodes.map(node => node.status.term));
    const following = this.upNodes.map(node => node.status).filter(status => status.term === newest && status.leaderId
      && !this.upNodes.some(node => node.nodeId === status.leaderId));
    return following.length === 0
      ? null
      : { nodeId: following[0].leaderId, term: newest, followers: following.map(status => status.nodeId) };
  }

  get majority() {
    return Math.floor(this.voters / 2) + 1;
  }

  get lastIndex() {
    return Math.max(0, ...this.nodes.map(node => this.lastStatus(node.nodeId)?.lastLogIndex ?? 0));
  }
}

/** Turns a reason into a sentence. */
const sentence = text => `${text[0].toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;

/** The state of a node: a style, a word for the user, and the reason if there is trouble. */
export function conditionOf(cluster, node) {
  const fault = cluster.faultOf(node.nodeId);
  if (fault === "crashed") return { look: "trouble", word: "crashed", reason: "It was crashed manually. Its journal is kept." };
  if (fault === "paused") {
    return { look: "waiting", word: "paused", reason: "It was paused manually. It neither receives nor sends messages." };
  }
  if (!node.reachable) return { look: "trouble", word: "unreachable", reason: "It did not respond within a second." };
  if (!node.status) {
    const reason = sentence(node.problem ?? "It is unavailable");
    return node.halted ? { look: "trouble", word: "halted", reason } : { look: "waiting", word: "unavailable", reason };
  }
  const { role, term } = node.status;
  const isCutOff = cluster.leader && cluster.isCut(node.nodeId, cluster.leader.nodeId);
  if (role !== "leader" && (cluster.isUnheard(node.nodeId) || isCutOff))
    return { look: "trouble", word: `${role}, cut off`, reason: `The leader, ${cluster.leader.nodeId}, can't reach it.` };
  const stuck = cluster.stuckFor(node);
  if (stuck > 0) {
    const { lastLogIndex } = node.status;
    return {
      look: "trouble",
      word: `${role}, makes no progress`,
      reason: `Its log ends at index ${lastLogIndex.toLocaleString("en")} of `
        + `${cluster.leader.commitIndex.toLocaleString("en")}, and it received nothing for ${stuck} s.`,
    };
  }
  if (cluster.awaitsReadmission(node)) {
    return {
      look: "waiting",
      word: `${role}, awaits readmission`,
      reason: "It lost its journal. It does not count towards a majority until it is readmitted.",
    };
  }
  if (role !== "leader") return { look: role, word: role, reason: "" };
  return term === cluster.leader?.term
    ? { look: "leader", word: "leader", reason: "" }
    : { look: "waiting", word: "leader of an old term", reason: `It does not know of term ${cluster.leader?.term} yet.` };
}
