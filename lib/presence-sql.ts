/**
 * The connections of our things and of nothing else: a thing connects under its own name, which begins with the prefix and
 * a colon; a claim's client id has a dash there. The address is left out, because nobody reads it.
 */
export const presenceSql = (prefix: string): string =>
  [
    'SELECT clientId, thingName, principalIdentifier, sessionIdentifier, timestamp',
    "FROM '$aws/events/presence/connected/#'",
    `WHERE startswith(clientId, '${prefix}:')`,
  ].join(' ');

/** The connections under claims and nothing else, with the addresses that they came from: who squats a serial is found by them. */
export const claimPresenceSql = (prefix: string): string =>
  [
    'SELECT clientId, principalIdentifier, ipAddress, timestamp',
    "FROM '$aws/events/presence/connected/#'",
    `WHERE startswith(clientId, '${prefix}-claim-')`,
  ].join(' ');

/** Certificates that registered themselves by a CA of this account, whoever's it is: the function knows ours (DG:auto-register-device-cert). */
export const registrationSql = "SELECT certificateId, caCertificateId FROM '$aws/events/certificates/registered/#'";
