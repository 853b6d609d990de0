import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Bucket, ObjectContent, ObjectVersion } from './bucket.ts';

interface Upload {
  readonly bucket: Bucket;
  readonly key: string;
  readonly content: Omit<ObjectContent, 'body'>;
  readonly parts: Map<number, { readonly body: Buffer; readonly etag: string }>;
}

const md5 = (body: Buffer): Buffer => createHash('md5').update(body).digest();
const smallestPartBytes = 5 * 1024 * 1024;

/** Uploads in parts that are not complete yet. */
export class MultipartUploads {
  readonly #uploads = new Map<string, Upload>();

  start(bucket: Bucket, key: string, content: Omit<ObjectContent, 'body'>): string {
    const uploadId = randomBytes(24).toString('base64url');
    this.#uploads.set(uploadId, { bucket, key, content, parts: new Map() });
    return uploadId;
  }

  /** Answers the part's entity tag. */
  putPart(uploadId: string, partNumber: number, body: Buffer): string {
    if (!(partNumber >= 1 && partNumber <= 10_000))
      throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
    const etag = `"${md5(body).toString('hex')}"`;
    this.#get(uploadId).parts.set(partNumber, { body, etag });
    return etag;
  }

  /** Puts the object together from the listed parts (S3 API reference, CompleteMultipartUpload). */
  complete(uploadId: string, listed: readonly { readonly partNumber: number; readonly etag: string }[]): ObjectVersion {
    const upload = this.#get(uploadId);
    const isAscending = listed.every(({ partNumber }, index) => index === 0 || partNumber > (listed[index - 1]?.partNumber ?? 0));
    if (!isAscending)
      throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.');
    const bodies = listed.map(({ partNumber, etag }) => {
      const part = upload.parts.get(partNumber);
      if (part?.etag.replaceAll('"', '') !== etag.replaceAll('"', '')) {
        throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
      }
      return part.body;
    });
    if (bodies.slice(0, -1).some((body) => body.length < smallestPartBytes)) {
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    }
    this.#uploads.delete(uploadId);
    const etag = `"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-${bodies.length}"`;
    return upload.bucket.put(upload.key, { ...upload.content, body: Buffer.concat(bodies) }, etag);
  }

  abort(uploadId: string): void {
    this.#get(uploadId);
    this.#uploads.delete(uploadId);
  }

  #get(uploadId: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload === undefined)
      throw new AwsError('NoSuchUpload', 'The specified upload does not exist.', { status: 404, members: { UploadId: uploadId } });
    return upload;
  }
}
