/** The outgoing payload for an action that takes nothing but JSON (DG:binary-payloads). */
export function parseOutgoingJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    throw new Error('The outgoing payload is not JSON, and this action takes nothing else');
  }
}
