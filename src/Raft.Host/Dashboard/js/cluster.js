// What is known of the cluster, and what follows from it. Nothing here draws.

/** A follower that lacks committed entries and gets none for so long is stuck. */
const tooLong = 10_000;

/** The newest state of all nodes. */
export class Cluster {
  seenFrom = null;
  nodes = [];
  /** What api/dev/faults says; null where this is no cluster for trying things out. */
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

  /** Notes since when a node has lacked committed entries without getting any. */
  #watchProgress(now) {
    const { leader } = this;
    for (const { nodeId, status } of this.upNodes) {
      const { lastLogIndex } = status;
      if (!leader || lastLogIndex >= leader.commitIndex) this.#lacking.delete(nodeId);
      else if (this.#lacking.get(nodeId)?.lastLogIndex !== lastLogIndex) this.#lacking.set(nodeId, { lastLogIndex, since: now });
    }
  }

  /** For how many seconds a node that answers has lacked committed entries and got none; 0 where it is not long. */
  stuckFor(node) {
    if (!this.leader || !this.isUp(node) || node.nodeId === this.leader.nodeId) return 0;
    const told = this.leader.followers.find(f => f.nodeId === node.nodeId)?.stalledSeconds ?? 0;
    const now = performance.now();
    const seen = now - (this.#lacking.get(node.nodeId)?.since ?? now);
    const longest = Math.max(told * 1000, seen);
    return longest < tooLong ? 0 : Math.floor(longest / 1000);
  }

  /** Whether the leader does not hear a node, though it may answer here. */
  isUnheard(nodeId) {
    const follower = this.leader?.followers.find(f => f.nodeId === nodeId);
    return follower ? !follower.reached : false;
  }

  /** Whether writes can count on a node: it leads, or the leader reaches it and it gets on. */
  takesPart(node) {
    if (!this.leader || node.nodeId === this.leader.nodeId) return this.isUp(node);
    const follower = this.leader.followers.find(f => f.nodeId === node.nodeId);
    const isHeard = follower ? follower.reached : this.isUp(node) && node.status.leaderId === this.leader.nodeId;
    return isHeard && this.faultOf(node.nodeId) === "running" && this.stuckFor(node) === 0 && !this.awaitsReadmission(node);
  }

  /** Whether a node lost its journal and the log has not readmitted it yet. */
  awaitsReadmission(node) {
    return node.status?.awaitsReadmission === true;
  }

  /** What a node said last, now or before it became silent. */
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

  /** Of two that say they lead, the one of the newer term does; the other does not know yet. */
  get leader() {
    const leaders = this.upNodes.map(node => node.status).filter(status => status.role === "leader");
    return leaders.sort((a, b) => b.term - a.term)[0] ?? null;
  }

  /** How many may vote, as the node of the newest term knows. */
  get voters() {
    const known = this.nodes.map(n => this.lastStatus(n.nodeId)).filter(Boolean).sort((a, b) => b.term - a.term)[0];
    return known?.members.length || this.nodes.length;
  }

  /** A leader that others follow and that does not answer here, and who follows it; null where there is none. */
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

/** Ends a reason as a sentence. */
const sentence = text => `${text[0].toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;

/** How a node is: a word for its look, a word for people, and the reason where it is in trouble. */
export function conditionOf(cluster, node) {
  const fault = cluster.faultOf(node.nodeId);
  if (fault === "crashed") return { look: "trouble", word: "crashed", reason: "You crashed it. Its journal is kept." };
  if (fault === "paused") return { look: "waiting", word: "paused", reason: "You paused it: it hears and says nothing." };
  if (!node.reachable) return { look: "trouble", word: "unreachable", reason: "It did not answer within a second." };
  if (!node.status) {
    const reason = sentence(node.problem ?? "It takes no part");
    return node.halted ? { look: "trouble", word: "halted", reason } : { look: "waiting", word: "takes no part", reason };
  }
  const { role, term } = node.status;
  if (role !== "leader" && (cluster.isUnheard(node.nodeId) || (cluster.leader && cluster.isCut(node.nodeId, cluster.leader.nodeId))))
    return { look: "trouble", word: `${role}, cut off`, reason: `${cluster.leader.nodeId}, the leader, does not hear it.` };
  const stuck = cluster.stuckFor(node);
  if (stuck > 0) {
    const { lastLogIndex } = node.status;
    return {
      look: "trouble",
      word: `${role}, makes no progress`,
      reason: `It has entries up to ${lastLogIndex.toLocaleString("en")} of ${cluster.leader.commitIndex.toLocaleString("en")}, and got none for ${stuck} s.`,
    };
  }
  if (cluster.awaitsReadmission(node)) {
    return { look: "waiting", word: `${role}, awaits readmission`, reason: "Its journal was lost. It counts again when an entry of the log says so." };
  }
  if (role !== "leader") return { look: role, word: role, reason: "" };
  return term === cluster.leader?.term
    ? { look: "leader", word: "leader", reason: "" }
    : { look: "waiting", word: "leader of an old term", reason: `It has not heard of term ${cluster.leader?.term} yet.` };
}
