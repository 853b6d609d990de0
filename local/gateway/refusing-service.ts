import type { AwsError } from '../aws-error.ts';
import type { ApiRequest, ApiResponse, ApiService } from './api-service.ts';
import { asAwsError } from './fault.ts';

export interface RefusingServiceOptions {
  readonly signingNames: readonly string[];
  /** By API name, e.g. `DescribeThing`. */
  readonly operations: Readonly<Record<string, unknown>>;
  /** Answers a request, or throws. */
  readonly answer: (request: ApiRequest) => ApiResponse | Promise<ApiResponse>;
  /** Writes a refusal in the protocol of the service. */
  readonly refuse: (error: AwsError) => ApiResponse;
}

/** A service that never throws: a refusal is a response like any other. */
export const refusingService = ({ signingNames, operations, answer, refuse }: RefusingServiceOptions): ApiService => ({
  signingNames,
  operations: Object.keys(operations),
  handle: async (request) => {
    try {
      return await answer(request);
    } catch (thrown) {
      return refuse(asAwsError(thrown));
    }
  },
});
