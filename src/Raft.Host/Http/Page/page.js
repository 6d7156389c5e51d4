// Draws what /api/cluster says, about once a second, and reads and writes keys through /api/kv.

const api = document.querySelector("meta[name=raft-api]").content;
const interval = 1000;
const patience = 5000;
const columns = [["Term", "term"], ["Committed", "commitIndex"], ["Applied", "lastApplied"]];
const element = id => document.getElementById(id);
const body = document.querySelector("#nodes tbody");
let seenAt = null;

function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Changes the text only where it differs, so that a selection stays and screen readers say only what is new. */
function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Of two that say they lead, the one of the newer term does; the other does not know yet. */
function leaderOf(nodes) {
  const leaders = nodes.map(node => node.status).filter(status => status?.role === "leader");
  return leaders.sort((a, b) => b.term - a.term)[0];
}

function roleOf(node, leader) {
  if (!node.reachable) return ["unreachable", "unreachable"];
  if (!node.status) return ["waiting", "takes no part"];
  return node.nodeId === leader?.nodeId ? ["leader", "leader"] : ["", node.status.role];
}

function whyOf(node) {
  if (!node.reachable) return "It did not answer within a second.";
  const reason = node.problem ?? "";
  return reason && `${reason[0].toUpperCase()}${reason.slice(1).replace(/\.$/, "")}.`;
}

function rowOf(node, leader) {
  const [className, role] = roleOf(node, leader);
  const row = make("tr", className);
  const name = make("th", "", node.nodeId);
  name.scope = "row";
  const cell = make("td", "role-cell");
  cell.append(make("span", "role", role));
  row.append(name, cell);
  if (node.status) {
    for (const [label, field] of columns) {
      const number = make("td", "number", node.status[field]);
      number.dataset.label = label;
      row.append(number);
    }
  } else {
    const why = make("td", "why", whyOf(node));
    why.colSpan = columns.length;
    row.append(why);
  }

  row.append(make("td", "address", node.address));
  return row;
}

function summaryOf(nodes, leader) {
  if (nodes.length === 0) return "No node is known yet.";
  const well = nodes.filter(node => node.status).length;
  const part = well === nodes.length ? `all ${well} nodes take part` : `${well} of ${nodes.length} nodes take part`;
  return leader
    ? `${leader.nodeId} leads in term ${leader.term}; ${part}.`
    : `No node leads; ${part}. Writes and linearizable reads wait for a leader.`;
}

function draw(cluster) {
  const leader = leaderOf(cluster.nodes);
  cluster.nodes.forEach((node, i) => {
    const row = rowOf(node, leader);
    const old = body.rows[i];
    if (!old) body.append(row);
    else if (!old.isEqualNode(row)) old.replaceWith(row);
  });
  while (body.rows.length > cluster.nodes.length) body.lastElementChild.remove();

  const id = cluster.nodes.find(node => node.status)?.status.clusterId;
  element("nodes").hidden = cluster.nodes.length === 0;
  element("none").hidden = cluster.nodes.length > 0;
  say(element("summary"), summaryOf(cluster.nodes, leader));
  say(element("seen-from"), `As seen from ${cluster.seenFrom ?? "the gateway"}.${id ? ` Cluster ${id}.` : ""}`);
  document.title = leader ? `${leader.nodeId} leads · Raft.Akka` : "No leader · Raft.Akka";
}

function tellStale(isStale) {
  element("stale").hidden = !isStale;
  document.body.classList.toggle("is-stale", isStale);
  if (!isStale) return;
  const host = location.host;
  say(element("stale"), seenAt
    ? `${host} does not answer. What is shown was seen at ${seenAt.toLocaleTimeString()}.`
    : `${host} does not answer.`);
}

async function refresh() {
  if (!document.hidden) {
    try {
      const answer = await fetch(`${api}/cluster`, { signal: AbortSignal.timeout(patience) });
      if (!answer.ok) throw new Error(answer.statusText);
      draw(await answer.json());
      seenAt = new Date();
      tellStale(false);
    } catch {
      tellStale(true);
    }
  }

  setTimeout(refresh, interval);
}

async function problemOf(answer) {
  try {
    return (await answer.json()).detail;
  } catch {
    return `${location.host} answered ${answer.status}.`;
  }
}

function answerIs(text, value, isProblem) {
  element("answer").replaceChildren(make("div", isProblem ? "problem" : "", text));
  if (value !== undefined) element("answer").append(make("pre", "", value));
}

function show(key, bytes, revision) {
  const about = `${key} has ${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}, revision ${revision}`;
  try {
    answerIs(`${about}:`, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    answerIs(`${about}, and is not text.`);
  }
}

async function read(key, url) {
  const answer = await fetch(url, { cache: "no-store" });
  if (!answer.ok) return answerIs(await problemOf(answer), undefined, true);
  show(key, new Uint8Array(await answer.arrayBuffer()), answer.headers.get("ETag").replaceAll('"', ""));
}

async function write(key, url) {
  const answer = await fetch(url, { method: "PUT", body: new TextEncoder().encode(element("value").value) });
  if (!answer.ok) return answerIs(await problemOf(answer), undefined, true);
  const { revision, term } = await answer.json();
  answerIs(`${key} is written: revision ${revision}, term ${term}.`);
}

element("store").addEventListener("submit", async event => {
  event.preventDefault();
  const isWrite = event.submitter?.value === "write";
  const buttons = event.target.querySelectorAll("button");
  const key = element("key").value;
  const focused = document.activeElement;
  buttons.forEach(button => { button.disabled = true; });
  try {
    await (isWrite ? write : read)(key, `${api}/kv/${encodeURIComponent(key)}`);
  } catch {
    answerIs(
      `The connection to ${location.host} broke${isWrite ? "; the write may or may not be done, so read before you repeat it" : ""}.`,
      undefined, true);
  } finally {
    buttons.forEach(button => { button.disabled = false; });
    focused?.focus();
  }
});

refresh();
