import { createHash } from 'node:crypto';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import type { Verification } from '../../../domain/verification.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { describeApproach, type Tampering } from '../../contracts/approach.contract.ts';
import { judge, verifierOf } from './judge.ts';
import {
  anEcKey,
  aPresentation,
  COGNITO,
  ISSUER,
  issuerKeys,
  jwkOf,
  type KeyPair,
  type Members,
  NOW_SECONDS,
  PROJECT,
  proofClaims,
  proofHeader,
  sign,
  spkiOf,
  thumbprintOf,
  TOKEN_HEADER,
  tokenClaims,
  TRACKER_PATH,
  unsigned,
} from './oauth-world.ts';

/** What reaches the cloud's half, and how it was made, so that somebody can make it otherwise. */
interface Presented extends ConnectionPresentation {
  readonly remake: (changes: Changes) => Promise<string>;
}

/** What is other than it should be. */
interface Changes {
  readonly claims?: Members;
  readonly header?: Members;
  readonly key?: KeyPair;
  readonly proof?: Members;
  readonly proofHeader?: Members;
  readonly proofKey?: KeyPair;
}

type Change = Tampering<Presented>;

const [keyOfDevice, keyOfStranger] = [anEcKey(), anEcKey()];

// A verdict has no key; what it gives stands in, so that two that give the same are the same.
const digestOf = (given: unknown) => keyDigestOf(createHash('sha256').update(JSON.stringify(given)).digest());

const verify =
  (line: LineName) =>
  async (presented: Presented, requirement: Enrollment['requirement'], serialNumber: SerialNumber): Promise<Verification> => {
    const verifier = verifierOf([anEnrollment({ approach: 'oauth', line, serialNumber, requirement })]);
    const verdict = await judge(verifier, presented);
    if (verdict.verdict === 'clock') throw new TypeError('Tokens know what time it is.');
    if (verdict.verdict === 'refuse') return { accepted: false, reason: verdict.reason };
    const { times, parts, inheritedId } = verdict;
    return { accepted: true, key: digestOf({ times, parts, inheritedId }), attestation: 'pinned-key' };
  };

const remade =
  (changes: Changes): Change[1] =>
  async (presented) => ({ ...presented, password: await presented.remake(changes) });

const withPassword =
  (change: (password: string) => string): Change[1] =>
  (presented) => ({ ...presented, password: change(presented.password) });

const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const claimsIn = (token: string): string => Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');

/** A token whose text somebody wrote by hand; the signature is that of the token before. */
const rewritten = (token: string, header: string, claims: string): string =>
  `${base64url(header)}.${base64url(claims)}.${token.split('.')[2] ?? ''}`;

const asText: readonly Change[] = [
  ['nothing in it', withPassword(() => ''), 'evidence-refused'],
  ['text that is no token', withPassword(() => 'swordfish'), 'evidence-refused'],
  ['its signature cut off', withPassword((token) => token.slice(0, token.lastIndexOf('.') + 1)), 'evidence-refused'],
  ['its end cut off', withPassword((token) => token.slice(0, -4)), 'evidence-refused'],
  ['its second half alone', withPassword((token) => token.slice(token.length / 2)), 'evidence-refused'],
  ['a line break after it', withPassword((token) => `${token}\n`), 'evidence-refused'],
  ['a space before it', withPassword((token) => ` ${token}`), 'evidence-refused'],
  ['padding', withPassword((token) => `${token}=`), 'evidence-refused'],
  ['a wide letter', withPassword((token) => `ｅ${token.slice(1)}`), 'evidence-refused'],
  ['a Cyrillic letter', withPassword((token) => token.replace('e', 'е')), 'evidence-refused'],
  ['the other alphabet of base64', withPassword((token) => `${token.slice(0, -2)}+/`), 'evidence-refused'],
  ['a comma and nothing', withPassword((token) => `${token},`), 'evidence-refused'],
  ['three texts', withPassword((token) => `${token},a.b.c,a.b.c`), 'evidence-refused'],
  ['a fourth part', withPassword((token) => `${token}.AAAA`), 'evidence-refused'],
  ['a megabyte', withPassword((token) => `${token}${'A'.repeat(1_000_000)}`), 'evidence-refused'],
];

const asToken: readonly Change[] = [
  [
    'a letter of its signature changed',
    withPassword((token) => `${token.slice(0, -9)}${token.at(-9) === 'A' ? 'B' : 'A'}${token.slice(-8)}`),
    'evidence-refused',
  ],
  [
    'no signature, which its header says',
    (presented) => ({ ...presented, password: unsigned(JSON.parse(claimsIn(presented.password)) as Members) }),
    'evidence-refused',
  ],
  ['the algorithm none', withPassword((token) => rewritten(token, '{"alg":"none"}', claimsIn(token))), 'evidence-refused'],
  ['a member twice', withPassword((token) => rewritten(token, '{"alg":"none","alg":"ES256"}', claimsIn(token))), 'evidence-refused'],
  ['a list for claims', withPassword((token) => rewritten(token, '{"alg":"ES256"}', '[]')), 'evidence-refused'],
  ['claims that are nested without end', withPassword((token) => rewritten(token, '{"alg":"ES256"}', nested(2000))), 'evidence-refused'],
  ['no expiry', remade({ claims: { exp: undefined } }), 'evidence-refused'],
  ['an expiry in words', remade({ claims: { exp: 'tomorrow' } }), 'evidence-refused'],
  ['less than 300 s to live', remade({ claims: { exp: NOW_SECONDS + 299 } }), 'token-expired'],
  ['an end in the past', remade({ claims: { exp: NOW_SECONDS - 1 } }), 'token-expired'],
  ['a list in a list of audiences', remade({ claims: { aud: [[PROJECT]] } }), 'evidence-refused'],
  ['a crit header', remade({ header: { crit: ['exp'], exp: 1 } }), 'evidence-refused'],
  ['an address for keys', remade({ header: { jku: 'https://attacker.example/keys' } }), 'evidence-refused'],
  ['an address for certificates', remade({ header: { x5u: 'https://attacker.example/chain' } }), 'evidence-refused'],
  ['another key and that key in it', remade({ key: keyOfStranger, header: { jwk: jwkOf(keyOfStranger) } }), 'evidence-refused'],
  ["another's key", remade({ key: keyOfStranger }), 'evidence-refused'],
  ['another client id', (presented) => ({ ...presented, clientId: 'muster:tracker:SN-2' })],
  ['a client id that is none of ours', (presented) => ({ ...presented, clientId: 'somebody' }), 'malformed-request'],
  ['a client id of another line', (presented) => ({ ...presented, clientId: 'muster:pool:SN-1' })],
  ['a line that shows no tokens', (presented) => ({ ...presented, clientId: 'muster:meter:SN-1' }), 'another-approach'],
  ['another type', remade({ header: { typ: 'muster-proof+jwt' } }), 'evidence-refused'],
];

function nested(depth: number): string {
  return `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

const keyOfIssuerAsSecret = async (presented: Presented): Promise<string> => {
  const secret = { alg: 'HS256', privateKey: issuerKeys.first.publicKey.export({ type: 'spki', format: 'pem' }) };
  return hmacSigned(JSON.parse(claimsIn(presented.password)) as Members, String(secret.privateKey));
};

/** Signed with a public key as if it were a secret (RFC 8725 §2.1). */
const hmacSigned = async (claims: Members, secret: string): Promise<string> => {
  const { createHmac } = await import('node:crypto');
  const text = `${base64url('{"alg":"HS256","typ":"at+jwt","kid":"first"}')}.${base64url(JSON.stringify(claims))}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};

const asAccessToken: readonly Change[] = [
  ...asToken,
  ['HS256 by the public key', async (presented) => ({ ...presented, password: await keyOfIssuerAsSecret(presented) }), 'evidence-refused'],
  ['a key id that nobody has', remade({ header: { kid: 'third' } }), 'unknown-key'],
  ['no key id, where two keys fit', remade({ header: { kid: undefined } }), 'unknown-key'],
  ['the key id of another key', remade({ header: { kid: 'second' } }), 'evidence-refused'],
  ['the type of an identity', remade({ header: { typ: 'JWT' } }), 'evidence-refused'],
  ['no type', remade({ header: { typ: undefined } }), 'evidence-refused'],
  ['another issuer', remade({ claims: { iss: 'https://attacker.example' } }), 'unknown-issuer'],
  ['an issuer that other lines trust', remade({ claims: { iss: COGNITO } }), 'unknown-issuer'],
  ['an issuer with a slash more', remade({ claims: { iss: `${ISSUER}/` } }), 'unknown-issuer'],
  ['another audience', remade({ claims: { aud: 'https://elsewhere.example' } }), 'token-for-another-audience'],
  ['an audience that begins alike', remade({ claims: { aud: 'https://iot.example.attacker' } }), 'token-for-another-audience'],
  ['no audience', remade({ claims: { aud: undefined } }), 'token-for-another-audience'],
  ['another subject', remade({ claims: { sub: 'SN-2' } }), 'evidence-refused'],
  ['a subject that looks the same', remade({ claims: { sub: 'ＳN-1' } }), 'evidence-refused'],
  ['no subject', remade({ claims: { sub: undefined } }), 'evidence-refused'],
  ['no client id', remade({ claims: { client_id: undefined } }), 'evidence-refused'],
  ['no id', remade({ claims: { jti: undefined } }), 'evidence-refused'],
  ['no time', remade({ claims: { iat: undefined } }), 'evidence-refused'],
  ['a time that is yet to come', remade({ claims: { iat: NOW_SECONDS + 61 } }), 'token-not-yet-valid'],
  ['a beginning that is yet to come', remade({ claims: { nbf: NOW_SECONDS + 61 } }), 'token-not-yet-valid'],
  ['no scope', remade({ claims: { scope: undefined } }), 'scope-missing'],
  ['a scope that is not mapped', remade({ claims: { scope: 'openid profile' } }), 'scope-missing'],
  ['a scope that objects have anyway', remade({ claims: { scope: 'constructor __proto__' } }), 'scope-missing'],
  ['a binding to a certificate', remade({ claims: { cnf: { 'x5t#S256': 'A'.repeat(43) } } }), 'evidence-refused'],
  ['another use', remade({ claims: { token_use: 'id' } }), 'evidence-refused'],
];

const asBearer: readonly Change[] = [
  ...asText,
  ...asAccessToken,
  ['a binding and no proof', remade({ claims: { cnf: { jkt: await thumbprintOf(keyOfDevice) } } }), 'evidence-refused'],
  [
    'a proof and no binding',
    async (presented) => ({ ...presented, password: `${presented.password},${await proofOf(presented.password, presented.clientId)}` }),
    'evidence-refused',
  ],
];

const proofOf = (token: string, clientId: string, changes: Changes = {}): Promise<string> => {
  const { proof = {}, proofHeader: header = {}, proofKey = keyOfDevice } = changes;
  return sign(proofClaims(token, clientId, proof), proofKey, { ...proofHeader(proofKey), ...header });
};

const asBound: readonly Change[] = [
  ...asAccessToken,
  ['no proof', withPassword((password) => password.split(',')[0] ?? ''), 'evidence-refused'],
  ['the proof first', withPassword((password) => password.split(',').reverse().join()), 'evidence-refused'],
  ['the proof twice', withPassword((password) => `${password},${password.split(',')[1] ?? ''}`), 'evidence-refused'],
  ['no binding in the token', remade({ claims: { cnf: undefined } }), 'evidence-refused'],
  ['a binding to another key', remade({ claims: { cnf: { jkt: 'A'.repeat(43) } } }), 'evidence-refused'],
  ["a proof by another's key", remade({ proofKey: keyOfStranger }), 'evidence-refused'],
  [
    "a proof by another's key, with the right one in it",
    remade({ proofKey: keyOfStranger, proofHeader: { jwk: jwkOf(keyOfDevice) } }),
    'evidence-refused',
  ],
  [
    'a proof with a private key in it',
    remade({ proofHeader: { jwk: keyOfDevice.privateKey.export({ format: 'jwk' }) } }),
    'evidence-refused',
  ],
  ['a proof of another type', remade({ proofHeader: { typ: 'dpop+jwt' } }), 'evidence-refused'],
  ['a proof for another purpose', remade({ proof: { purpose: 'https-post' } }), 'evidence-refused'],
  ['a proof for another server', remade({ proof: { aud: 'elsewhere.example' } }), 'token-for-another-audience'],
  ['a proof for another client id', remade({ proof: { client_id: 'muster:lock:SN-2' } }), 'evidence-refused'],
  ['a proof for another token', remade({ proof: { ath: 'A'.repeat(43) } }), 'evidence-refused'],
  ['a proof of long ago', remade({ proof: { iat: NOW_SECONDS - 61 } }), 'proof-outside-its-time'],
  ['a proof of the future', remade({ proof: { iat: NOW_SECONDS + 61 } }), 'proof-outside-its-time'],
  ['a proof with a field of its own', remade({ proof: { trust: 'me' } }), 'evidence-refused'],
  ['a proof with a header of its own', remade({ proofHeader: { kid: 'mine' } }), 'evidence-refused'],
  ['a proof without a counter', remade({ proof: { counter: undefined } }), 'evidence-refused'],
  ['a proof with half a counter', remade({ proof: { counter: 0.5 } }), 'evidence-refused'],
  ['a proof with a negative counter', remade({ proof: { counter: -1 } }), 'evidence-refused'],
  ['a proof of half a second', remade({ proof: { iat: NOW_SECONDS + 0.5 } }), 'evidence-refused'],
  ['an oversized proof', remade({ proof: { jti: 'A'.repeat(2048) } }), 'evidence-refused'],
];

const byDevice: readonly Change[] = [
  ...asText,
  ...asToken,
  ['another audience', remade({ claims: { aud: 'another-project' } }), 'token-for-another-audience'],
  ['two audiences', remade({ claims: { aud: [PROJECT, 'another-project'] } }), 'evidence-refused'],
  ['no audience', remade({ claims: { aud: undefined } }), 'evidence-refused'],
  ['an issuer', remade({ claims: { iss: ISSUER } }), 'evidence-refused'],
  ['a time that is yet to come', remade({ claims: { iat: NOW_SECONDS + 601 } }), 'token-not-yet-valid'],
  ['a beginning that is yet to come', remade({ claims: { nbf: NOW_SECONDS + 601 } }), 'token-not-yet-valid'],
  ['a life of more than a day', remade({ claims: { exp: NOW_SECONDS + 86_400 + 601 } }), 'evidence-refused'],
  ['a life of more than a day, begun long ago', remade({ claims: { iat: NOW_SECONDS - 86_400 } }), 'evidence-refused'],
  ['a key of another kind', remade({ key: issuerKeys.rsa }), 'evidence-refused'],
  ['the path of another registry', (presented) => ({ ...presented, clientId: `projects/x/${presented.clientId}` }), 'malformed-request'],
  ['the id of another device', (presented) => ({ ...presented, clientId: `${TRACKER_PATH}/SN-2` }), 'unknown-serial'],
];

/** Who shows a bearer's token, by an issuer's word. */
const bearer = (line: string, serial: SerialNumber) => ({
  requirement: { issuer: ISSUER, subject: serial },
  prove: async (): Promise<Presented> => {
    const clientId = `muster:${line}:${serial}`;
    const remake = ({ claims = {}, header = {}, key = issuerKeys.first }: Changes) =>
      sign(tokenClaims(serial, claims), key, { ...TOKEN_HEADER, ...header });
    return { ...aPresentation(clientId, await remake({})), remake };
  },
});

/** Who shows a token that is bound to a key, and proves that it holds the key. */
const bound = async (line: string, serial: SerialNumber) => {
  const clientId = `muster:${line}:${serial}`;
  const jkt = await thumbprintOf(keyOfDevice);
  const remake = async (changes: Changes) => {
    const { claims = {}, header = {}, key = issuerKeys.first } = changes;
    const token = await sign(tokenClaims(serial, { cnf: { jkt }, ...claims }), key, { ...TOKEN_HEADER, ...header });
    return `${token},${await proofOf(token, clientId, changes)}`;
  };
  return {
    requirement: { issuer: ISSUER, subject: serial, keyThumbprint: jkt },
    prove: async (): Promise<Presented> => ({ ...aPresentation(clientId, await remake({})), remake }),
  };
};

/** Who signs tokens itself. */
const signer = (serial: SerialNumber) => {
  const own = serial === aSerial() ? keyOfDevice : anEcKey();
  const remake = ({ claims = {}, header = {}, key = own }: Changes) =>
    sign({ aud: PROJECT, iat: NOW_SECONDS, exp: NOW_SECONDS + 3600, ...claims }, key, { typ: 'JWT', ...header });
  return {
    requirement: { publicKey: spkiOf(own) },
    prove: async (): Promise<Presented> => ({ ...aPresentation(`${TRACKER_PATH}/${serial}`, await remake({})), remake }),
  };
};

/** What every approach does, done by OAuth with each thing that a device can show. */
export const describeOAuth = (): void => {
  describeApproach<Presented>({
    name: 'oauth, by bearer tokens',
    verify: verify(aLine('tracker')),
    newDevice: (serial) => Promise.resolve(bearer('tracker', serial)),
    tamperings: asBearer,
  });
  describeApproach<Presented>({
    name: 'oauth, by tokens bound to a key',
    verify: verify(aLine('lock')),
    newDevice: (serial) => bound('lock', serial),
    tamperings: asBound,
  });
  describeApproach<Presented>({
    name: 'oauth, by tokens that devices sign',
    verify: verify(aLine('legacy')),
    newDevice: (serial) => Promise.resolve(signer(serial)),
    tamperings: byDevice,
  });
};
