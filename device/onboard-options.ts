import { readFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import * as z from 'zod/mini';
import { approachNames } from '../approaches/index.ts';
import { parseDuration } from '../domain/duration.ts';
import { lineName } from '../domain/identifiers.ts';
import { keyKinds } from '../domain/prover.ts';
import { serialNumber } from '../domain/serial-number.ts';
import { amazonRoots } from './amazon-roots.data.ts';
import { BadSetupError } from './bad-setup.ts';
import { parseEndpoint } from './endpoint.ts';
import { mqttVersions } from './mqtt-session.ts';
import { asBadSetup } from './private-file.ts';

const duration = z.pipe(
  z.string().check(z.refine((text) => parseDuration(text) !== undefined, 'expected a duration such as 90s, 5m or 1h')),
  z.transform((text) => parseDuration(text) ?? 0),
);
const endpoint = z.string().check(z.refine((text) => parseEndpoint(text) !== undefined, 'expected "host" or "host:port"'));

const schema = z.object({
  serial: serialNumber,
  approach: z.enum(approachNames),
  state: z.string(),
  claim: z.optional(z.string()),
  claimCertificate: z.optional(z.string()),
  claimKey: z.optional(z.string()),
  line: z.optional(lineName),
  template: z.optional(z.string()),
  clientIdPrefix: z.optional(z.string()),
  enrollmentCode: z.optional(z.string()),
  deviceSecretFile: z.optional(z.string()),
  vendorCertificate: z.optional(z.string()),
  vendorKey: z.optional(z.string()),
  endpoint: z.optional(endpoint),
  ca: z.optional(z.string()),
  serverName: z.optional(z.string()),
  mqttVersion: z.enum(mqttVersions),
  key: z.enum(keyKinds),
  timeout: duration,
  approvalWait: z.optional(duration),
  verify: z.boolean(),
  deleteClaim: z.boolean(),
  json: z.boolean(),
});

export type OnboardOptions = z.infer<typeof schema>;

/**
 * Checks the options of `muster-device onboard`.
 * @throws BadSetupError naming each that is not usable.
 */
export const parseOnboardOptions = (options: unknown): OnboardOptions => {
  const parsed = z.safeParse(schema, options);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(
    ({ path, message }) => `--${path.join('.').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${message}`,
  );
  throw new BadSetupError(mistakes.join('; '));
};

/**
 * The roots to trust: those in the file, or Amazon's when there is none.
 * @throws BadSetupError when the file holds no certificate.
 */
export const trustedRoots = async (path: string | undefined): Promise<readonly string[]> => {
  if (path === undefined) return amazonRoots.map(({ pem }) => pem);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw asBadSetup(`${path} cannot be read`, error);
  });
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    throw new BadSetupError(`${path} holds no certificates in PEM; expected the roots that vouch for the endpoint.`);
  }
  return certificates;
};

const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
};
