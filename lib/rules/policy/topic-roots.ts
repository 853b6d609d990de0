import type { Configuration } from '../../../domain/configuration.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { topicTree } from '../../../domain/topics.ts';
import { type Mistake, type Rule, ruleFor, type TemplateResource } from '../rule.ts';
import { allowancesOf, namedBy, POLICY_TYPE, policyNameOf, THING } from './statements.ts';

/**
 * Every topic that devices may use lies below their own root, or is one named topic of their line's or tenant's root, or exactly
 * one that the configuration gives their line by an absolute name, or is one of AWS IoT's own for their thing's jobs.
 */
export const topicRoots = (configuration: Configuration): Rule => {
  const roots = sharedRoots(configuration);
  const absolute = absoluteTopics(configuration);
  const own = `${topicTree(configuration.topicPrefix).thing(THING)}/`;
  return ruleFor(
    POLICY_TYPE,
    { name: 'topic-outside-root', why: 'Every topic has one owner: a thing, a line or a tenant. A topic elsewhere is nobody’s to allow.' },
    (policy) => {
      const name = policyNameOf(policy);
      const granted = absolute.get(name) ?? [];
      return topicsAllowedBy(policy)
        .filter((topic) => !granted.includes(topic))
        .flatMap((topic) => mistakeIn(topic, { own, shared: roots.get(name) }));
    },
  );
};

/** By policy, the root below which it may share topics. */
const sharedRoots = ({ prefix, topicPrefix, lines, tenants }: Configuration): ReadonlyMap<string, string> => {
  const names = resourceNames(prefix);
  const topics = topicTree(topicPrefix);
  return new Map([
    ...lines.map(({ name }) => [names.devicePolicy(name), `${topics.line(name)}/`] as const),
    ...tenants.map(({ name }) => [names.tenantPolicy(name), `${topics.tenant(name)}/`] as const),
  ]);
};

/** By policy, the names outside every root that the configuration gives it a reason for. */
const absoluteTopics = ({ prefix, lines }: Configuration): ReadonlyMap<string, readonly string[]> =>
  new Map(
    lines.map(({ name, sharedTopics }) => [
      resourceNames(prefix).devicePolicy(name),
      sharedTopics.filter(({ absolute }) => absolute).map(({ topic }) => topic),
    ]),
  );

const topicsAllowedBy = (policy: TemplateResource): readonly string[] =>
  allowancesOf(policy)
    .flatMap(({ resources }) => resources.map(namedBy))
    .filter((named) => named !== undefined)
    .filter(({ kind }) => kind === 'topic' || kind === 'topicfilter')
    .map(({ name }) => name)
    .filter((name) => !isJudgedElsewhere(name) && !name.startsWith(OWN_JOBS));

/** Of the service's own topics a device has those of its thing's jobs. */
const OWN_JOBS = `$aws/things/${THING}/jobs/`;

// By the rule on claims.
const isJudgedElsewhere = (topic: string): boolean => /^\$aws\/(certificates|provisioning-templates)\//.test(topic);

interface Roots {
  readonly own: string;
  readonly shared: string | undefined;
}

const mistakeIn = (topic: string, { own, shared }: Roots): readonly Mistake[] => {
  if (topic.startsWith(own)) return [];
  if (shared !== undefined && topic.startsWith(shared) && !/[*?+#$]/.test(topic)) return [];
  return [
    {
      got: `the topic "${topic}"`,
      allowed: [`"${own}…"`, ...(shared === undefined ? [] : [`one named topic below "${shared}"`])].join(', or '),
      fix: 'move it below the root of whom it belongs to, without wildcards where it is shared',
    },
  ];
};
