import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Configuration, LineConfiguration } from '../domain/configuration.ts';
import type { LineSettings } from '../domain/line-settings.ts';
import type { ResourceNames } from '../domain/resource-names.ts';
import type { TopicTree } from '../domain/topics.ts';
import type { IssuingAuthority } from './authority/issuing-authority.ts';
import type { Lifetime } from './lifetime.ts';
import type { WaysIn } from './monitoring/ways-in.ts';

/** What every approach builds on. */
export interface Foundation {
  readonly configuration: Configuration;
  readonly names: ResourceNames;
  readonly topics: TopicTree;
  /**
   * Where an approach puts what must outlive its own stack: a part of the stack that holds data, which is deployed before, and what becomes of
   * that when it goes.
   */
  readonly keeping: { readonly scope: Construct; readonly lifetime: Lifetime };
  /** Enrollments and claims. */
  readonly table: Table;
  /** Where functions that decide print their audit events. */
  readonly auditLog: ILogGroup;
  /** Where alarms go. */
  readonly alarmTopic: ITopic;
  /** What is watched: an approach adds what it opens. */
  readonly waysIn: WaysIn;
  /** Gives devices their next credentials; none where no line rotates them. */
  readonly renewal: RenewalFunction | undefined;
  /** What decisions about devices depend on, for functions that make them. */
  readonly lineSettings: readonly LineSettings[];
  /** Who issues certificates to devices in place of AWS IoT; none unless configured. */
  readonly authority: IssuingAuthority | undefined;
}

/** A function that serves every approach, and that each gives what its devices take. */
export interface RenewalFunction extends Construct {
  allow(statement: PolicyStatement): void;
  /** Sets a variable of its environment. */
  tell(name: string, value: string): void;
}

/**
 * Deploys what an approach needs for the lines that use it, into a scope of its own. It is not called for an approach that
 * no line uses.
 */
export type ApproachDeployment = (scope: Construct, foundation: Foundation, lines: readonly LineConfiguration[]) => void;
