// What is known of the cluster, and what follows from it. Nothing here draws.

/** The newest state of all nodes. */
export class Cluster {
  seenFrom = null;
  nodes = [];
  /** What api/dev/faults says; null where this is no cluster for trying things out. */
  faults = null;
  #last = new Map();

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
    this.nodes.sort((a, b) => a.nodeId.localeCompare(b.nodeId, "en", { numeric: true }));
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
  if (role !== "leader") return { look: role, word: role, reason: "" };
  return term === cluster.leader?.term
    ? { look: "leader", word: "leader", reason: "" }
    : { look: "waiting", word: "leader of an old term", reason: `It has not heard of term ${cluster.leader?.term} yet.` };
}
