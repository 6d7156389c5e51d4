// The kinds of messages in the diagram; each has a colour, an entry in the legend, and a filter.

export const KINDS = [
  { id: "vote", label: "RequestVote, RequestPreVote, TimeoutNow" },
  { id: "granted", label: "VoteGranted, PreVoteGranted" },
  { id: "denied", label: "VoteDenied, PreVoteDenied" },
  { id: "append", label: "AppendEntries" },
  { id: "accepted", label: "AppendAccepted" },
  { id: "rejected", label: "AppendRejected, AppendOutdated" },
  { id: "snapshot", label: "InstallSnapshot" },
  { id: "heartbeat", label: "heartbeats and their answers" },
  { id: "request", label: "client requests" },
  { id: "reply", label: "replies to clients" },
  { id: "finding", label: "FindLeader, LeaderIs" },
  { id: "other", label: "other messages" },
];

const KIND_OF_TYPE = new Map(Object.entries({
  RequestVote: "vote", RequestPreVote: "vote", TimeoutNow: "vote",
  VoteGranted: "granted", PreVoteGranted: "granted", VoteDenied: "denied", PreVoteDenied: "denied",
  AppendEntries: "append", AppendAccepted: "accepted",
  AppendRejected: "rejected", AppendOutdated: "rejected", RpcRefused: "rejected",
  FindLeader: "finding", LeaderIs: "finding",
  InstallSnapshot: "snapshot", SnapshotInstalled: "snapshot",
}));

/** Assigns a kind to every message. A heartbeat has no entries; its answer repeats the last answer. */
export function classify(messages, clients) {
  const lastAnswer = new Map();
  for (const m of messages) {
    m.kind = KIND_OF_TYPE.get(m.type) ?? (clients.has(m.machine) ? "request" : clients.has(m.to) ? "reply" : "other");
    if (m.kind === "append" && /\b(no|0) entries\b|heartbeat/i.test(m.detail)) m.kind = "heartbeat";
    if (m.kind !== "accepted") continue;
    const link = JSON.stringify([m.machine, m.to]);
    const news = m.detail.replace(/\bround \d+/i, "");
    if (lastAnswer.get(link) === news) m.kind = "heartbeat";
    lastAnswer.set(link, news);
  }
}

/** Routine messages, which are drawn fainter. */
export const isRoutine = kind => kind === "heartbeat" || kind === "finding";

/** The current colours of the style sheet, which depend on the light or dark theme. */
export const colors = {};
export function readColors() {
  const style = getComputedStyle(document.documentElement);
  const names = [
    "bg", "surface", "line", "text", "muted", "focus", "follower", "follower-text", "candidate", "candidate-text", "leader",
    "leader-text", "down", "down-line", "down-text", "pause-line", "fault", "fault-area", "fault-bar", "fault-text",
    "bad", "bad-surface",
    ...KINDS.map(kind => kind.id),
  ];
  for (const name of names) colors[name] = style.getPropertyValue("--" + name).trim();
}

/** The hue of a term; those of consecutive terms differ clearly. */
export const hueOfTerm = term => (term * 137 + 75) % 360;
