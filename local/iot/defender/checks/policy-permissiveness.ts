import { type AuditCheck } from './audit-check.ts';
import { auditedPolicies, isAbout, namedIn, type Statement } from './policy-statements.ts';

const shadowAndJobActions = [
  ...['iot:DeleteThingShadow', 'iot:GetThingShadow', 'iot:UpdateThingShadow', 'iot:DescribeJobExecution'],
  ...['iot:GetPendingJobExecutions', 'iot:StartNextPendingJobExecution', 'iot:UpdateJobExecution'],
];

const wantsThing = ({ Condition = {} }: Statement): boolean =>
  Object.values(Condition).some((keys) =>
    Object.entries(keys).some(([key, value]) => key.toLowerCase() === 'iot:connection.thing.isattached' && String(value) === 'true'),
  );

const connectsAnybody = (statement: Statement): boolean =>
  isAbout(statement, 'iot:Connect') &&
  namedIn(statement, 'client').some((client) => client === '*' || (client === '${iot:ClientId}' && !wantsThing(statement)));

/** Whether a topic or filter stands for those of every thing: a wildcard at the place of its name, or before. */
const isOfEveryThing = (topic: string): boolean => {
  const [literal = ''] = topic.split(/[*+#]/);
  return literal !== topic && '$aws/things/'.startsWith(literal);
};

const reachesAnyThing = (statement: Statement): boolean =>
  (isAbout(statement, 'iot:Publish') && namedIn(statement, 'topic').some(isOfEveryThing)) ||
  (isAbout(statement, 'iot:Subscribe') && [...namedIn(statement, 'topicfilter'), ...namedIn(statement, 'topic')].some(isOfEveryThing)) ||
  (shadowAndJobActions.some((action) => isAbout(statement, action)) && namedIn(statement, 'thing').includes('*'));

/** The combinations that the Device Defender developer guide calls noncompliant ("AWS IoT policies overly permissive"). */
export const policyOverlyPermissive: AuditCheck = ({ registry }) => {
  const policies = auditedPolicies(registry);
  const broad = policies.filter(({ statements }) =>
    statements.some((statement) => statement.Effect === 'Allow' && (connectsAnybody(statement) || reachesAnyThing(statement))),
  );
  const found = broad.map(({ resource }) => ({
    resource,
    ...{ reasonCode: 'ALLOWS_BROAD_ACCESS_TO_IOT_DATA_PLANE_ACTIONS', reason: 'Policy allows broad access to IoT data plane actions.' },
  }));
  return { total: policies.length, found };
};
