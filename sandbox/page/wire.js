// One WebSocket: what somebody does goes up, pieces of HTML come down. It heals by itself.
import { $, announce, toast } from "./near.js";

const RETRY = 1000;
const waiting = new Map();
let socket;
let number = 0;

/** Keep a connection; `show(pieces, address)` draws what comes. */
export function connect(show) {
  socket = new WebSocket(`ws://${location.host}/page/socket${location.search}`);
  socket.onopen = () => {
    if (!$("#offline").hidden) announce("Connected again.");
    $("#offline").hidden = true;
  };
  socket.onmessage = (event) => heard(JSON.parse(event.data), show);
  socket.onclose = () => {
    $("#offline").hidden = false;
    delete document.documentElement.dataset.alive;
    for (const answer of waiting.values()) answer({ trouble: "The sandbox stopped before it had answered." });
    waiting.clear();
    setTimeout(() => connect(show), RETRY);
  };
}

function heard(told, show) {
  // another sandbox has started in the place of the one this page came from
  if (told.boot && told.boot !== document.documentElement.dataset.boot) location.reload();
  if (told.pieces) show(told.pieces, told.address);
  if (told.pieces) document.documentElement.dataset.alive = "true";
  if (waiting.has(told.answer)) {
    waiting.get(told.answer)(told);
    waiting.delete(told.answer);
  }
}

/** A command that failed says so in the conversation, as a message for one person. */
export const isSaidThere = (trouble) => trouble.includes(" failed with the error ");

/** Say what somebody did; the button that was pressed is busy until it is done. */
export async function send(what, said = {}, button = null) {
  if (socket?.readyState !== WebSocket.OPEN) {
    toast("The sandbox does not answer at the moment. Nothing is lost; try again shortly.");
    return { trouble: "not connected" };
  }
  const n = ++number;
  button?.setAttribute("aria-busy", "true");
  const answered = new Promise((resolve) => waiting.set(n, resolve));
  socket.send(JSON.stringify({ n, do: what, ...said }));
  const answer = await answered;
  button?.removeAttribute("aria-busy");
  if (answer.trouble && what !== "suggest" && !isSaidThere(answer.trouble)) toast(answer.trouble);
  return answer;
}
