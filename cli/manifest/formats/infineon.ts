import { X509Certificate } from 'node:crypto';
import { CommandError } from '../../command-error.ts';
import { boundedLines } from '../bounded-lines.ts';
import type { ManifestFormat } from './manifest-format.ts';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
const MAX_LINES = 200;

/**
 * The certificates of a reel of OPTIGA Trust M chips: what the maker's `…_E0E0_Certs.7z` unpacks to, one PEM after the
 * other (`7z x -so …_E0E0_Certs.7z > reel.pem`).
 */
export const infineon: ManifestFormat = {
  name: 'infineon',
  description: 'the certificates of a reel of Infineon OPTIGA Trust M chips, unpacked into one file of PEM',
  isSelfSigned: false,
  serials: ['cn', 'certificate-serial'],
  recognizes: (path, head) => path.toLowerCase().endsWith('.pem') && head.includes(BEGIN),
  async *rows(text, { path, serialFrom = 'cn' }) {
    let row = 0;
    for await (const pem of certificates(text, path)) {
      row += 1;
      const { cn, serialNumber } = namesOf(pem, `${path}, certificate ${row}`);
      yield {
        row,
        fields: {
          serial: serialFrom === 'cn' ? cn : serialNumber,
          pinned_key: pem,
          'infineon.cn': cn,
          'infineon.certificate': serialNumber,
        },
      };
    }
  },
};

async function* certificates(text: AsyncIterable<string>, path: string): AsyncGenerator<string> {
  let lines: string[] | undefined;
  for await (const line of boundedLines(text, path)) {
    if (line.trim() === BEGIN) lines = [];
    lines?.push(line.trim());
    if ((lines?.length ?? 0) > MAX_LINES) throw new CommandError(`${path} has a certificate without an end; nothing was sent.`);
    if (line.trim() !== END || lines === undefined) continue;
    yield lines.join('\n');
    lines = undefined;
  }
  if (lines !== undefined) throw new CommandError(`${path} ends within a certificate: it was cut off. Get it again; nothing was sent.`);
}

const namesOf = (pem: string, where: string): { readonly cn: string; readonly serialNumber: string } => {
  try {
    const certificate = new X509Certificate(pem);
    const cn =
      certificate.subject
        .split('\n')
        .find((part) => part.startsWith('CN='))
        ?.slice(3) ?? '';
    return { cn, serialNumber: certificate.serialNumber };
  } catch (cause) {
    throw new CommandError(`${where}: cannot be read as X.509; nothing was sent.`, { cause });
  }
};
