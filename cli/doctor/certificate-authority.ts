import type { AuthorityState } from '../../domain/account-ports.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { issuanceTermsOf } from '../../domain/configuration/configuration-authority-rules.ts';
import { monthlyPriceOf, priceOfCertificates } from '../../domain/issuance/private-ca-prices.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { authorityStackName } from '../../domain/stack-names.ts';
import { type Check, type DoctorContext, type Finding, note, ok, problem } from './check.ts';
import { look } from './look.ts';
import { isOfType } from './of-type.ts';
import { DAY_MS } from '../../domain/duration.ts';

/** An authority is renewed by people, who want to know before certificates are shorter than their lines say. */
const NOTICE_MS = 180 * DAY_MS;

type Authority = NonNullable<Configuration['certificateAuthority']>;

/** The own certificate authority: whom its provider reaches, whether it can issue, what it costs, and one that nobody wants any more. */
export const certificateAuthority: Check = {
  name: 'certificate-authority',
  phases: ['before', 'after'],
  run: async (context) => {
    const { certificateAuthority: authority } = context.configuration;
    if (authority === undefined) return leftBehind(context);
    return [...(await othersReached(context)), ...(await standing(context, authority)), ...prices(authority)];
  },
};

const leftBehind = ({ deployed, configuration: { prefix } }: DoctorContext): Promise<readonly Finding[]> =>
  look('whether a certificate authority was left behind', async () => {
    const name = authorityStackName(prefix);
    const resources = (await deployed.resources()).filter(({ stack }) => stack === name);
    if (resources.length === 0) return [ok('AWS IoT signs the certificates of devices')];
    const why = 'The configuration names none any more, and AWS bills it until it is deleted; certificates that it issued go on.';
    return [note(`the certificate authority of the stack ${name} issues nothing`, why, `If nobody needs it, delete the stack ${name}.`)];
  });

/** AWS IoT asks the one provider about everybody's devices, and ours refuses those of others. */
const othersReached = ({ account: { iot }, configuration }: DoctorContext): Promise<readonly Finding[]> =>
  look('the provisioning templates of others', async () => {
    const names = resourceNames(configuration.prefix);
    const own = new Set(configuration.lines.map(({ name }) => names.template(name)));
    const others = (await iot.templateNames()).filter((name) => !own.has(name));
    if (others.length === 0) return [ok('no other provisioning template is reached by the certificate provider')];
    const why = 'Their devices get no certificates for their signing requests while it is there; keys that AWS IoT makes are not reached.';
    const listed = others.map((name) => `"${name}"`).join(', ');
    return [problem(`the certificate provider reaches ${listed}`, why, 'Talk to whoever owns them, or deploy to an account of your own.')];
  });

const standing = async (context: DoctorContext, authority: Authority): Promise<readonly Finding[]> => {
  const { account, deployed, configuration } = context;
  const resources = await deployed.resources();
  const made = resources.filter(({ stack }) => stack === authorityStackName(configuration.prefix)).filter(isOfType(AUTHORITY));
  const arns = authority.arn === undefined ? made.map(({ physicalId }) => physicalId) : [authority.arn];
  const found = arns.map((arn) =>
    look(`the certificate authority ${arn}`, async () => judge(arn, await account.authority(arn), { authority, configuration })),
  );
  return (await Promise.all(found)).flat();
};

const AUTHORITY = 'AWS::ACMPCA::CertificateAuthority';

interface Wanted {
  readonly authority: Authority;
  readonly configuration: Configuration;
}

const judge = (arn: string, state: AuthorityState | undefined, { authority, configuration }: Wanted): readonly Finding[] => {
  const what = `the certificate authority ${arn}`;
  const stop = 'No device gets a certificate.';
  if (state === undefined) return [problem(`${what} is not there`, stop, 'Name one that is, or have one made.')];
  if (state.status !== 'ACTIVE') return [problem(`${what} is ${state.status}`, stop, 'Have it activated, or name another.')];
  if (authority.arn !== undefined && state.mode !== authority.mode) {
    const todo = `Set certificateAuthority.mode to "${state.mode}".`;
    return [problem(`${what} is of the mode ${state.mode}`, 'Prices and limits are those of its own mode.', todo)];
  }
  const longest = Math.max(...(issuanceTermsOf(configuration)?.lines ?? []).map(({ validityDays }) => validityDays), 0);
  const end = new Date(state.expiresAt).toISOString().slice(0, 'YYYY-MM-DD'.length);
  if (state.expiresAt - Date.now() > longest * DAY_MS + NOTICE_MS) return [ok(`${what} is active until ${end}`)];
  const why = `It issues nothing that outlives it, and a line has certificates of ${longest} days.`;
  return [problem(`${what} ends on ${end}`, why, 'Have its certificate renewed, or name another.')];
};

const prices = ({ arn, mode, certificatesPerClaimPerHour: count }: Authority): readonly Finding[] => [
  ok(`AWS bills about ${monthlyPriceOf(mode, arn === undefined)} US dollars a month for the authority, beside each certificate`),
  ok(
    `a stolen claim can have ${count} certificates issued in an hour: ${priceOfCertificates(mode, count).toFixed(2)} US dollars at the most`,
  ),
];
