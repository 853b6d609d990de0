import { AttachPolicyCommand, DetachPolicyCommand, IoTClient, type IoTClientConfig, ResourceNotFoundException } from '@aws-sdk/client-iot';

/** A policy on a thing group. */
export interface GroupPolicy {
  readonly policyName: string;
  readonly thingGroupArn: string;
}

/** Puts policies on thing groups. Both succeed when it is already so. */
export interface ThingGroupPolicies {
  attach(groupPolicy: GroupPolicy): Promise<void>;
  detach(groupPolicy: GroupPolicy): Promise<void>;
}

/** Rejects with what AWS IoT refuses, except that what is to be detached does not exist. */
export const createThingGroupPolicies = (config: IoTClientConfig = {}): ThingGroupPolicies => {
  const client = new IoTClient(config);
  return {
    async attach({ policyName, thingGroupArn }) {
      await client.send(new AttachPolicyCommand({ policyName, target: thingGroupArn }));
    },
    async detach({ policyName, thingGroupArn }) {
      try {
        await client.send(new DetachPolicyCommand({ policyName, target: thingGroupArn }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    },
  };
};
