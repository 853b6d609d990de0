import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import type { BalanceStore } from '../../domain/audit/loss.ts';
import { BALANCE_KEY } from '../../domain/audit/staging.ts';

const balance = z.object({ owed: z.int(), evenAt: z.number() });
const sheet = z.object({ settled: z.number(), decisions: balance, events: balance });

/** The sheet in the staging bucket, which holds whatever can be made again. */
export const createS3BalanceStore = (client: S3Client, Bucket: string): BalanceStore => ({
  async read() {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: BALANCE_KEY }));
      return z.parse(sheet, JSON.parse((await Body?.transformToString()) ?? ''));
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  async write(balances) {
    const Body = JSON.stringify(balances);
    await client.send(new PutObjectCommand({ Bucket, Key: BALANCE_KEY, Body, ContentType: 'application/json' }));
  },
});
