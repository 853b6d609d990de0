import type { GetJobDocumentRequest, GetJobDocumentResponse } from '@aws-sdk/client-iot';
import { findJob } from '../job-rules.ts';
import type { IotOperation } from '../operation.ts';

export const getJobDocument: IotOperation<GetJobDocumentRequest, GetJobDocumentResponse> = ({ jobs }, { jobId }) => ({
  document: findJob(jobs, jobId).document,
});
