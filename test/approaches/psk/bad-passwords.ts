/** The parts of a password: format, key version, time, counter, MAC. */
const rewritten =
  (part: number, change: (text: string) => string) =>
  (password: string): string =>
    password
      .split('.')
      .map((text, index) => (index === part ? change(text) : text))
      .join('.');

const [FORMAT, VERSION, TIME, COUNTER, MAC] = [0, 1, 2, 3, 4] as const;

const nextLetter = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return `${text.slice(0, -1)}${alphabet[alphabet.indexOf(text.at(-1) ?? 'A') + 1] ?? 'A'}`;
};

/** Passwords that somebody changed. Where the MAC is as it was, it is no longer over what is said, or that is no longer said in the one way. */
export const badPasswords: readonly (readonly [string, (password: string) => string])[] = [
  ['no password', () => ''],
  ['a MAC of zeros', rewritten(MAC, () => 'A'.repeat(43))],
  ['a MAC cut short', rewritten(MAC, (mac) => mac.slice(0, 42))],
  ['no MAC', rewritten(MAC, () => '')],
  ['a MAC with padding', rewritten(MAC, (mac) => `${mac}=`)],
  ['a MAC with loose bits at its end', rewritten(MAC, nextLetter)],
  ['a MAC in the other alphabet', rewritten(MAC, (mac) => `+/${mac.slice(2)}`)],
  ['a MAC with a wide letter', rewritten(MAC, (mac) => `Ａ${mac.slice(1)}`)],
  ['a MAC in hexadecimal digits', rewritten(MAC, (mac) => Buffer.from(mac, 'base64url').toString('hex'))],
  ['another format', rewritten(FORMAT, () => '2')],
  ['no format', (password) => password.slice(2)],
  ['another key version', rewritten(VERSION, () => '2')],
  ['key version zero', rewritten(VERSION, () => '0')],
  ['a key version too large', rewritten(VERSION, () => '330000')],
  ['a later time', rewritten(TIME, (time) => String(Number(time) + 1))],
  ['a time with a zero before it', rewritten(TIME, (time) => `0${time}`)],
  ['a time with a sign', rewritten(TIME, (time) => `+${time}`)],
  ['a time before all times', rewritten(TIME, (time) => `-${time}`)],
  ['a time with an exponent', rewritten(TIME, () => '1e12')],
  ['a time in hexadecimal digits', rewritten(TIME, () => '0x1')],
  ['a time in Arabic digits', rewritten(TIME, (time) => time.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))))],
  ['a time in wide digits', rewritten(TIME, (time) => time.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))))],
  ['a time beyond all numbers', rewritten(TIME, () => '9'.repeat(16))],
  ['a time with a fraction', rewritten(TIME, (time) => `${time}.0`)],
  ['no time', rewritten(TIME, () => '')],
  ['a higher counter', rewritten(COUNTER, () => '2')],
  ['counter zero', rewritten(COUNTER, () => '0')],
  ['a counter of 33 bits', rewritten(COUNTER, () => '4294967296')],
  ['a counter with a zero before it', rewritten(COUNTER, (counter) => `0${counter}`)],
  ['a space before it', (password) => ` ${password}`],
  ['a line break after it', (password) => `${password}\n`],
  ['a zero byte after it', (password) => `${password}\0`],
  ['an invisible mark in it', (password) => `1\u200b${password.slice(1)}`],
  ['a field of its own', (password) => `${password}.trust`],
  ['its last field left out', (password) => password.slice(0, password.lastIndexOf('.'))],
  ['a megabyte after it', (password) => `${password}${'A'.repeat(1_048_576)}`],
  ['JSON in place of it', () => '{"alg":"none"}'],
];
