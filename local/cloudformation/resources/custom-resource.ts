import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import { PartialCreation } from '../deployment/provider-failure.ts';
import type { Properties, ResourceContext, ResourceProvider, ResourceState } from '../resource-provider.ts';
import type { CustomResourceResponse, CustomResourceResponses, ResponseArrival } from './custom-resource-responses.ts';

/** Starts a custom resource's function and resolves once it is under way; rejects when it cannot be called. What becomes of it, nobody tells. */
export type InvokeCustomResource = (functionArn: string, event: object) => Promise<void>;

export interface CustomResourceOptions {
  readonly clock: Clock;
  readonly responses: CustomResourceResponses;
  readonly invoke: InvokeCustomResource;
  /** The gateway's address, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: () => string;
}

interface CustomRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
}

interface Addressed {
  readonly ServiceToken: string;
  readonly RequestId: string;
}

/** The function did not answer in time. */
class NoResponse extends AwsError {
  constructor(requestId: string) {
    super(
      'NotStabilized',
      `CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [${requestId}].`,
    );
  }
}

const customType = 'AWS::CloudFormation::CustomResource';
const defaultTimeoutSeconds = 3600;

/** Custom resources get every scalar as text (User Guide, "Custom resource request objects"). */
const asTexts = (value: unknown): unknown => {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asTexts(member)]));
};

const textProperties = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, asTexts(value)]));

const serviceTokenOf = (properties: Properties): string => {
  const token = properties['ServiceToken'];
  if (typeof token === 'string' && /^arn:[^:]+:lambda:/.test(token)) return token;
  throw new AwsError(
    'InvalidRequest',
    `The local AWS calls functions only: ServiceToken must be the ARN of a Lambda function, got ${JSON.stringify(token)}.`,
  );
};

const timeoutMsOf = (properties: Properties): number => Number(properties['ServiceTimeout'] ?? defaultTimeoutSeconds) * 1000;

const checkAnswer = (
  arrival: ResponseArrival,
  ids: { readonly requestId: string; readonly context: ResourceContext },
): CustomResourceResponse => {
  if (!arrival.isReadable) throw new AwsError('InvalidRequest', arrival.reason);
  const { response } = arrival;
  const isForThisRequest =
    response.RequestId === ids.requestId &&
    response.StackId === ids.context.stackId &&
    response.LogicalResourceId === ids.context.logicalId;
  if (!isForThisRequest)
    throw new AwsError('InvalidRequest', 'Invalid response object: StackId, RequestId and LogicalResourceId must be those of the request.');
  return response;
};

class CustomResource {
  readonly #options: CustomResourceOptions;

  constructor(options: CustomResourceOptions) {
    this.#options = options;
  }

  async request(request: CustomRequest, context: ResourceContext): Promise<CustomResourceResponse> {
    const expected = this.#options.responses.expect();
    const requestId = randomUUID();
    const event = {
      ...request,
      ResourceProperties: textProperties(request.ResourceProperties),
      ...(request.OldResourceProperties === undefined ? {} : { OldResourceProperties: textProperties(request.OldResourceProperties) }),
      ServiceToken: serviceTokenOf(request.ResourceProperties),
      ResponseURL: `${this.#options.endpoint()}${expected.path}`,
      StackId: context.stackId,
      RequestId: requestId,
      LogicalResourceId: context.logicalId,
      ResourceType: context.resourceType ?? customType,
    };
    try {
      return checkAnswer(await this.#race(event, expected.arrival), { requestId, context });
    } finally {
      expected.forget();
    }
  }

  /** The answer, or the time-out: a function that throws answers as little as one that forgets to (Lambda calls it again, then gives up). */
  async #race(event: CustomRequest & Addressed, arrival: Promise<ResponseArrival>): Promise<ResponseArrival> {
    const timeout = Promise.withResolvers<never>();
    const timer = this.#options.clock.setTimer(() => {
      timeout.reject(new NoResponse(event.RequestId));
    }, timeoutMsOf(event.ResourceProperties));
    try {
      await this.#options.invoke(event.ServiceToken, event);
      return await Promise.race([arrival, timeout.promise]);
    } finally {
      timer.cancel();
    }
  }
}

const stateOf = (response: CustomResourceResponse, physicalId: string): ResourceState => ({
  ...{ physicalId, attributes: response.Data ?? {} },
  isSecret: response.NoEcho === true,
});

const failureOf = (response: CustomResourceResponse): string =>
  `Received response status [FAILED] from custom resource. Message returned: ${response.Reason ?? ''}`;

/** The new resource, under the id that the function must give it. */
const createdState = (response: CustomResourceResponse): ResourceState => {
  const { PhysicalResourceId } = response;
  if (PhysicalResourceId === undefined) throw new AwsError('InvalidRequest', 'Invalid PhysicalResourceId');
  return stateOf(response, PhysicalResourceId);
};

const checkServiceToken = ({ from, to }: { readonly from: Properties; readonly to: Properties }): void => {
  if (from['ServiceToken'] !== to['ServiceToken']) throw new AwsError('InvalidRequest', 'Modifying service token is not allowed.');
};

/** `AWS::CloudFormation::CustomResource` and `Custom::*` (User Guide, "Create custom provisioning logic with custom resources"). */
export const customResource = (options: CustomResourceOptions): ResourceProvider => {
  const custom = new CustomResource(options);
  return {
    type: customType,
    createOnly: [],
    checkUpdate: checkServiceToken,
    create: async (properties, context) => {
      // What a failed creation may have left is deleted under the id that the function gave it, or under one of CloudFormation's own.
      const left = (response?: CustomResourceResponse): ResourceState => ({
        physicalId: response?.PhysicalResourceId ?? context.generateName(1024),
        attributes: {},
      });
      const response = await custom.request({ RequestType: 'Create', ResourceProperties: properties }, context).catch((thrown: unknown) => {
        throw thrown instanceof NoResponse ? new PartialCreation(thrown.message, left()) : thrown;
      });
      if (response.Status === 'FAILED') throw new PartialCreation(failureOf(response), left(response));
      return createdState(response);
    },
    update: async (state, { from, to }, context) => {
      const request = {
        RequestType: 'Update' as const,
        PhysicalResourceId: state.physicalId,
        ResourceProperties: to,
        OldResourceProperties: from,
      };
      const response = await custom.request(request, context);
      if (response.Status === 'FAILED') throw new AwsError('GeneralServiceException', failureOf(response));
      return stateOf(response, response.PhysicalResourceId ?? state.physicalId);
    },
    delete: async (state, properties, context) => {
      const request = { RequestType: 'Delete' as const, PhysicalResourceId: state.physicalId, ResourceProperties: properties };
      const response = await custom.request(request, context);
      if (response.Status === 'FAILED') throw new AwsError('GeneralServiceException', failureOf(response));
    },
  };
};
