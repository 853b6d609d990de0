import type { ProvisioningOperation } from './exchange.ts';

export interface RequestTopic {
  readonly operation: ProvisioningOperation;
  /** Empty unless the operation is RegisterThing. */
  readonly templateName: string;
  readonly format: string;
}

// SM TemplateName.
const templateNamePattern = /^[0-9A-Za-z_-]{1,36}$/;

/** Reads `$aws/certificates/create/<format>` and its like (DG:fleet-provision-api); undefined for any other topic. */
export function parseRequestTopic(topic: string): RequestTopic | undefined {
  const [aws, service, middle = '', fourth = '', ...rest] = topic.split('/');
  if (aws !== '$aws') return undefined;
  if (service === 'certificates' && rest.length === 0) {
    if (middle === 'create') return { operation: 'CreateKeysAndCertificate', templateName: '', format: fourth };
    return middle === 'create-from-csr' ? { operation: 'CreateCertificateFromCsr', templateName: '', format: fourth } : undefined;
  }
  const [format = '', ...extra] = rest;
  const isProvision = service === 'provisioning-templates' && templateNamePattern.test(middle) && fourth === 'provision';
  return isProvision && extra.length === 0 ? { operation: 'RegisterThing', templateName: middle, format } : undefined;
}

type Level = (level: string) => boolean;

const exactly =
  (...names: readonly string[]): Level =>
  (level) =>
    names.includes(level);

const answer = exactly('accepted', 'rejected');

const answerShapes = (formats: readonly string[]): readonly (readonly Level[])[] => [
  [exactly('$aws'), exactly('certificates'), exactly('create', 'create-from-csr'), exactly(...formats), answer],
  [
    exactly('$aws'),
    exactly('provisioning-templates'),
    (level) => templateNamePattern.test(level),
    exactly('provision'),
    exactly(...formats),
    answer,
  ],
];

/** Whether the filter covers any topic of the shape; wildcards only below the service's own name. */
function covers(filter: readonly string[], shape: readonly Level[]): boolean {
  const depth = filter.indexOf('#');
  const levels = depth < 0 ? filter : filter.slice(0, depth);
  if (levels.length < 2 || (depth < 0 ? levels.length !== shape.length : levels.length >= shape.length)) return false;
  return levels.every((level, index) => (index >= 2 && level === '+') || shape[index]?.(level) === true);
}

export interface AnswerTopics {
  readonly formats: readonly string[];
  readonly allowsWildcards: boolean;
}

/** Whether a subscription to the filter can bring answers. */
export const isAnswerFilter = (filter: string, { formats, allowsWildcards }: AnswerTopics): boolean => {
  const levels = filter.split('/');
  const isWild = levels.some((level) => level === '+' || level === '#');
  return (allowsWildcards || !isWild) && answerShapes(formats).some((shape) => covers(levels, shape));
};
