/** AWS IoT takes one CONNECT per second and client id, and hangs up on the next as it does on what it does not take. */
export const CONNECT_AGAIN_MS = 1_500;
