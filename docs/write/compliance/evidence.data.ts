/** A test that shows something: where it is, and its name. */
export interface Evidence {
  /** Below `test/`, without `.test.ts`. */
  readonly file: string;
  readonly test: string;
}

const shown = (file: string, test: string): Evidence => ({ file, test });

/** What is shown, by a word of its own. */
export const evidence = {
  ownTopics: shown('e2e/boundaries', 'publishes and receives below its own root'),
  ownTopicsByKey: shown('e2e/psk', 'connects, may use its own topics and no others, and is active from then on'),
  ownName: shown('e2e/connecting', 'connects as its thing'),
  oneKeyPerSerial: shown('e2e/race', 'are both on record: one admitted, one refused because the serial is bound to another key'),
  keyStays: shown('device/onboarding/onboard', 'keeps its key before it sends the request'),
  keyFiles: shown('device/store/file-key-store', 'lets nobody but the owner at its files, whatever the umask'),
  keyOfClaim: shown('device/store/file-claim-source', 'is refused when others can read its key'),
  makersCertificate: shown('e2e/attestation', 'by a certificate from its maker'),
  signedManifest: shown(
    'e2e/import',
    'imports what a manufacturer signed whom two roles registered, for the lines of the key, and nothing that was changed since',
  ),
  serverRoots: shown('device/mqtt/mqttjs-connector', 'F4: is not trusted when the roots do not vouch for it'),
  mutualTls: shown('device/mqtt/mqttjs-connector', 'is mutually authenticated and names the server it wants'),
  proofOnce: shown('e2e/psk', 'comes in by each proof once'),
  tokenOfKey: shown('e2e/oauth', 'proves that it holds its key where the line wants that, anew for each connection'),
  flood: shown('e2e/authorizer-flood', 'lets nobody in, and keeps out neither who comes by the hook nor a device that holds its key'),
  claimQuota: shown('e2e/claims', 'lets in exactly ten of sixty-four devices that come at once'),
  claimClosed: shown('e2e/claims', 'refuses the next admission, takes the certificate out, and ends the connections that are there'),
  claimRotated: shown('e2e/claims', 'keeps both certificates good, on one quota exactly'),
  rotated: shown('e2e/renewal', 'has the new one in use when it has connected with it, and the old one opens nothing any more'),
  rotationDue: shown('e2e/rotation-planner', 'has a device asked whose credential is due, by a job that its client finds'),
  rotationHalts: shown('e2e/rotation-planner', 'halts its line when too many fail, cancels what waits, and asks nobody more'),
  keysFollow: shown('e2e/psk', 'follow one another: the next is good at once, and the one before no longer'),
  comesBack: shown('e2e/recovery', 'come together: it proves its old key, gets another certificate, and what expired is retired'),
  ownAuthority: shown(
    'e2e/own-ca',
    'lets a device in by claim, with a certificate of that authority that is valid as long as its line says',
  ),
  revokedAtAuthority: shown('e2e/own-ca', 'takes back what a decommissioned device had: it stands in the list of the authority'),
  noAuthorityForDevices: shown('e2e/bad-requests', 'gets a certificate that is no authority for a CSR that asks for one'),
  refusalsAlike: shown('e2e/bad-requests', 'tells nothing by its words: whatever our code refuses is answered alike'),
  tokenTwice: shown('e2e/bad-requests', 'is refused when it redeems a token twice, and what the first time brought stays'),
  failsClosed: shown('e2e/hook-failures', 'F5: is given up after five seconds'),
  cutOff: shown('e2e/exposure', 'Quarantine that leaves nothing: the device is cut off and opens no connection, until it is released'),
  revoked: shown('e2e/exposure', 'Revocation: the device is cut off, opens no connection again, and is not let in anew'),
  tombstone: shown('e2e/decommission', 'F28: stays on record, with its key and no certificate'),
  transferred: shown('e2e/transfer', 'loses at once what it connected with, and does not come back by it'),
  cloneFound: shown('e2e/clone', 'is told within seconds, where its connection goes back and forth; by default nothing else is done'),
  refusedPublishes: shown('e2e/refused-publishes', 'is told within seconds, once it was often enough; by default nothing else is done'),
  audits: shown('e2e/device-defender', 'has every check enabled that looks at what it has, each day, and tells the audit log'),
  policiesPass: shown('e2e/device-defender', 'has policies with which no audit finds anything wrong'),
  auditQuarantines: shown(
    'e2e/device-defender',
    'quarantines a device whose identity is shared where its line says so, and only tells elsewhere',
  ),
  putRight: shown('e2e/reconciliation', 'puts a quarantined device back into its group, and finds nothing the second time'),
  scopes: shown('e2e/operations', 'is refused by IAM in every other scope, in words that say which policy opens it'),
  unsigned: shown('e2e/operations', 'without a signature'),
  whoTried: shown('e2e/operations', 'refuses what the role may not, and puts on record who tried, as AWS says'),
  twoPeople: shown('e2e/operations', 'waits for the second, who runs what the first was told, and both are on record'),
  noSecretsOfKeys: shown('e2e/psk', 'No key, MAC or password stands in anything that was written'),
  noSecretsOfTokens: shown('e2e/oauth', 'No token, signature or secret of a client stands in anything that was written'),
  noSecretField: shown('domain/audit/event-fields', 'are of no kind that must be kept secret'),
  pseudonyms: shown('domain/audit/pseudonym', 'says when, what and why, and not who or what it was about'),
  oneLine: shown('domain/audit-event', 'an event is one line of JSON under one key'),
  locked: shown(
    'lib/audit/audit-stack',
    'is in a bucket whose versions nobody deletes for seven years without a permission that nobody is given',
  ),
  nothingLost: shown('lib/audit/audit-stack', 'loses nothing that the function does not take: it goes to a queue that rings'),
  tamperings: shown('domain/audit/verification/thousand-tamperings', 'makes at least a thousand'),
  firstBrokenLink: shown(
    'domain/audit/verification/verify-archive',
    'vouches for what came before the first broken link, and for nothing after it',
  ),
  recordsRestored: shown(
    'lib/records/records-stack',
    'is paid for by use, can be restored to any second, and is encrypted under a key of the account',
  ),
  redeployed: shown('e2e/stack-lives', 'is found again by the next one: the same records, the same audit log, and claims let devices in'),
  runbook: shown('architecture/runbook', 'has a section for each alarm, and no other'),
  powerCut: shown('e2e/power-cut', 'ends onboarded with one key and one active certificate, whatever the moment'),
  backoff: shown('device/backoff', 'is anywhere between nothing and a limit that doubles from 1 s to 60 s'),
  outbox: shown('device/staying/outbox', 'holds messages until there is a session, and sends them in order'),
  ownRules: shown('lib/checks', 'fails on a finding of our own rules, and says which resource, what and why'),
  nistPack: shown('lib/checks', 'are each of a rule that finds something, and passes with its reason'),
  probation: shown(
    'e2e/probation',
    'F1: gives its place to nobody: another key for its serial number is refused, and it stays where it is',
  ),
} as const satisfies Readonly<Record<string, Evidence>>;

export type EvidenceName = keyof typeof evidence;
