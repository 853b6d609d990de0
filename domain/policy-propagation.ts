/**
 * How long a change of a policy, or of the groups that bring it, may take until it binds every connection: eight minutes by the
 * AWS IoT developer guide, "AWS IoT Core policies", and two for a change that lands late.
 */
export const POLICY_PROPAGATION_MS = 10 * 60_000;
