// Starts a local AWS, says how long that took and how much memory the process holds, and stops.
import { startLocalAws } from '../local/main.ts';

const begunMs = performance.timeOrigin;
const local = await startLocalAws();
const readyMs = performance.timeOrigin + performance.now() - begunMs;
process.stdout.write(JSON.stringify({ readyMs, residentMb: process.memoryUsage().rss / 1024 / 1024 }));
await local.stop();
