import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/** A host name of one's own, and the certificate of ACM that vouches for it. */
export interface OwnDomain {
  readonly name: string;
  readonly certificateArn: string;
}

/**
 * How an approach asks for a host name of its own, under which devices name no authorizer: `true` for one that AWS IoT
 * chooses, or one's own.
 */
export const domainSetting = z.union([
  z.literal(true),
  z.strictObject({
    name: z.string().check(z.regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/), z.maxLength(253)),
    certificateArn: z.string().check(z.regex(/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/)),
  }),
]);

export type DomainSetting = z.infer<typeof domainSetting>;

/** What a domain configuration of AWS IoT is called; another host name of one's own is another configuration. */
export const domainConfigurationName = (prefix: string, approach: string, own?: Pick<OwnDomain, 'name'>): string =>
  `${prefix}-${approach}${own === undefined ? '' : `-${createHash('sha256').update(own.name).digest('hex').slice(0, DIGITS)}`}`;

const DIGITS = 8;

/** Whether a domain configuration is called as those of a deployment are. */
export const isDomainConfigurationOf = (prefix: string, name: string): boolean =>
  name.startsWith(`${prefix}-`) && OF_AN_APPROACH.test(name.slice(prefix.length + 1));

// Without a dash of its own, so that it is no other deployment's whose prefix begins like ours.
const OF_AN_APPROACH = new RegExp(`^[a-z0-9]+(-[0-9a-f]{${DIGITS}})?$`);

/** The types of custom resources under which a domain configuration, and its being open, stand in a template. */
export const DOMAIN_TYPE = 'Custom::MusterDomainConfiguration';
export const OPEN_DOMAIN_TYPE = 'Custom::MusterOpenDomain';

/** Host names at which an authorizer is asked though the device names none. */
export interface DomainConfigurations {
  /** Makes one unless it is there, and answers its host name. It is enabled, but no authorizer is asked yet. */
  keep(name: string, own?: OwnDomain): Promise<string>;
  /** Enables it, with an authorizer that whoever connects cannot choose away. */
  open(name: string, authorizerName: string): Promise<void>;
  /** Disables it and lets go of its authorizer; succeeds when there is none. */
  close(name: string): Promise<void>;
  /** Deletes one that is disabled: `too-early` where AWS IoT wants it to have been so for seven days. */
  remove(name: string): Promise<'removed' | 'too-early'>;
}
