const lengthOctets = (length: number): readonly number[] => {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
};

/** One DER element of that tag around those contents. */
export const derElement = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(length)]), ...contents]);
};

export const derSequence = (...members: readonly Uint8Array[]): Buffer => derElement(0x30, ...members);

export const derSet = (...members: readonly Uint8Array[]): Buffer => derElement(0x31, ...members);

export const derOctets = (content: Uint8Array): Buffer => derElement(0x04, content);

export const derBits = (content: Uint8Array, unusedBits = 0): Buffer => derElement(0x03, Buffer.from([unusedBits]), content);

export const derTrue = derElement(0x01, Buffer.from([0xff]));

export const derText = (text: string): Buffer => derElement(0x0c, Buffer.from(text, 'utf8'));

/** A non-negative INTEGER of the magnitude's bytes, most significant first. */
export const derInteger = (magnitude: Buffer): Buffer => {
  const firstSignificant = magnitude.findIndex((byte) => byte !== 0);
  const significant = firstSignificant < 0 ? Buffer.from([0]) : magnitude.subarray(firstSignificant);
  const needsSign = ((significant[0] ?? 0) & 0x80) !== 0;
  return needsSign ? derElement(0x02, Buffer.from([0]), significant) : derElement(0x02, significant);
};

const base128 = (value: number): readonly number[] => {
  const octets = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift(0x80 | (rest % 128));
  return octets;
};

/** An OBJECT IDENTIFIER from its dotted form. */
export const derObjectIdentifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return derElement(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
};

/** A time of the epoch's milliseconds, to the second. RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime after. */
export const derTime = (timeMs: number): Buffer => {
  const digits = `${new Date(timeMs).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  const isGeneralized = Number(digits.slice(0, 4)) >= 2050;
  return isGeneralized ? derElement(0x18, Buffer.from(digits)) : derElement(0x17, Buffer.from(digits.slice(2)));
};
