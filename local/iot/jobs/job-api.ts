import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { ApiService } from '../../gateway/api-service.ts';
import { restJsonService } from '../../gateway/rest-json.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import type { AccessControl } from '../../iam/access/access-control.ts';
import { guardRestOperations } from '../../iam/access/guard-operations.ts';
import { serviceAuthorization } from '../../iam/access/service-authorization.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { DeviceOperations } from './device-operations.ts';
import { readRequest, requestSchemas } from './device-requests.ts';
import { JobRefusal, type JobRefusalCode } from './job-refusal.ts';
import type { JobThrottle } from './request-rates.ts';

export interface JobApiPorts {
  readonly account: Account;
  readonly access?: AccessControl | undefined;
  readonly operations: DeviceOperations;
  readonly throttle: JobThrottle;
  readonly behaviour: IotBehaviour;
}

type Members = Readonly<Record<string, unknown>>;

const errors: Readonly<Partial<Record<JobRefusalCode, readonly [string, number]>>> = {
  InvalidRequest: ['InvalidRequestException', 400],
  InvalidStateTransition: ['InvalidStateTransitionException', 409],
  ResourceNotFound: ['ResourceNotFoundException', 404],
  TerminalStateReached: ['TerminalStateException', 410],
  RequestThrottled: ['ThrottlingException', 429],
};

const errorOf = ({ code, message }: JobRefusal, behaviour: IotBehaviour): AwsError => {
  if (code === 'VersionMismatch') {
    const name = behaviour['jobs.version-mismatch-over-http'];
    return new AwsError(name, message, { status: name === 'InvalidRequestException' ? 400 : 409 });
  }
  const [name, status] = errors[code] ?? ['ServiceUnavailableException', 503];
  return new AwsError(name, message, { status });
};

/** What travels in the query is text. */
const typed = ({ executionNumber, includeJobDocument, ...others }: Members): Members => ({
  ...others,
  ...(executionNumber === undefined ? {} : { executionNumber: Number(executionNumber) }),
  ...(includeJobDocument === undefined ? {} : { includeJobDocument: includeJobDocument === true || includeJobDocument === 'true' }),
});

const operationsOf = (operations: DeviceOperations, throttle: JobThrottle): Readonly<Record<string, RestJsonOperation>> => ({
  DescribeJobExecution: {
    binding: {
      method: 'GET',
      uri: '/things/{thingName}/jobs/{jobId}',
      query: { includeJobDocument: 'includeJobDocument', executionNumber: 'executionNumber' },
    },
    handle: (members) => {
      throttle('reads');
      const request = readRequest(requestSchemas.describe, typed(members));
      return operations.describe(String(members['thingName']), String(members['jobId']), request);
    },
  },
  GetPendingJobExecutions: {
    binding: { method: 'GET', uri: '/things/{thingName}/jobs' },
    handle: ({ thingName }) => {
      throttle('reads');
      return operations.getPending(String(thingName));
    },
  },
  StartNextPendingJobExecution: {
    binding: { method: 'PUT', uri: '/things/{thingName}/jobs/$next' },
    handle: (members) => {
      throttle('writes');
      return operations.startNext(String(members['thingName']), readRequest(requestSchemas.startNext, members));
    },
  },
  UpdateJobExecution: {
    binding: { method: 'POST', uri: '/things/{thingName}/jobs/{jobId}' },
    handle: (members) => {
      throttle('writes');
      return operations.update(String(members['thingName']), String(members['jobId']), readRequest(requestSchemas.update, members));
    },
  },
});

const refusingAsAws = ({ binding, handle }: RestJsonOperation, behaviour: IotBehaviour): RestJsonOperation => ({
  binding,
  handle: async (members, caller) => {
    try {
      return await handle(members, caller);
    } catch (error) {
      throw error instanceof JobRefusal ? errorOf(error, behaviour) : error;
    }
  },
});

/** AWS IoT Jobs' data plane for callers who sign their requests; devices have MQTT. */
export const createJobApi = ({ account, access, operations, throttle, behaviour }: JobApiPorts): ApiService => {
  const authorization = serviceAuthorization({ account, prefix: 'iotjobsdata', denial: { code: 'ForbiddenException', status: 403 } });
  const entries = Object.entries(operationsOf(operations, throttle)).map(
    ([name, operation]) => [name, refusingAsAws(operation, behaviour)] as const,
  );
  return restJsonService({
    signingNames: ['iot-jobs-data'],
    operations: guardRestOperations(Object.fromEntries(entries), { access, authorization }),
  });
};
