/** What a payload says, if it is JSON: rules may republish to anything, to the topics of events, too. */
export const eventIn = (payload: Buffer): unknown => {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
};
