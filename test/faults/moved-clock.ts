// Runs first in a server that tests start (`node --import`): its clock goes ahead of the machine's by as many milliseconds as
// the parent says, so that hours between tries are over at once.
import { systemClock } from "../../core/clock.ts";

let ahead = Number(process.env.MOVED_CLOCK ?? 0);
systemClock.now = () => new Date(Date.now() + ahead);
process.on("message", (message) => void (ahead = Number(message)));
// A parent that may speak is no reason to stay.
process.channel?.unref();
