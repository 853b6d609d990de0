import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../json-object.ts';
import { validationError } from '../template/validation-error.ts';
import { resolveIntrinsics } from '../intrinsics/resolve-intrinsics.ts';
import type { Scope } from '../intrinsics/scope.ts';
import { PropertiesRefused } from '../property-types.ts';
import type { Properties, ResourceState } from '../resource-provider.ts';
import { missingExport } from '../stacks/exports.ts';
import type { Stack, StackOutput } from '../stacks/stack.ts';
import type { ResourceStatus, StackResource } from '../stacks/stack-resource.ts';
import { needsReplacement } from './changed-properties.ts';
import type { DeploymentServices } from './deployment-context.ts';
import { resourceContext } from './deployment-context.ts';
import type { DeploymentPlan, PlannedResource } from './deployment-plan.ts';
import { failureReason, PartialCreation } from './provider-failure.ts';
import { deployedScopes } from './deployed-scope.ts';
import { shownProperties } from './shown-properties.ts';

/** One thing done, so that it can be undone. */
export type JournalEntry =
  | { readonly done: 'created'; readonly after: StackResource }
  | { readonly done: 'updated' | 'replaced'; readonly before: StackResource; readonly after: StackResource };

/** A resource that could not be made or changed; the event has been recorded. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';
  readonly logicalId: string;
  readonly verb: 'create' | 'update';

  constructor(logicalId: string, verb: 'create' | 'update') {
    super(`The following resource(s) failed to ${verb}: [${logicalId}]. `);
    this.logicalId = logicalId;
    this.verb = verb;
  }
}

/** One pass through a plan: makes, changes and replaces resources in order, and keeps a journal. */
export class DeploymentRun {
  readonly journal: JournalEntry[] = [];
  /** What the stack will have, in order. */
  readonly resources = new Map<string, StackResource>();
  readonly imports = new Set<string>();
  readonly #services: DeploymentServices;
  readonly #stack: Stack;
  readonly #plan: DeploymentPlan;
  readonly #scope: Scope;
  readonly #shownScope: Scope;

  constructor(services: DeploymentServices, stack: Stack, plan: DeploymentPlan) {
    this.#services = services;
    this.#stack = stack;
    this.#plan = plan;
    const { scope, shown } = deployedScopes({ services, stack, plan, resources: this.resources, imports: this.imports });
    this.#scope = scope;
    this.#shownScope = shown;
  }

  /** Rejects with `ResourceFailure` at the first resource that fails. */
  async deployResources(): Promise<void> {
    const [missing] = this.#plan.missingImports.filter((name) => this.#services.exports.find(name) === undefined);
    if (missing !== undefined) throw missingExport(missing);
    for (const planned of this.#plan.resources) {
      const existing = this.#stack.resources.get(planned.logicalId);
      this.resources.set(planned.logicalId, await this.#deployOne(planned, existing));
    }
  }

  resolveOutputs(): readonly StackOutput[] {
    return this.#plan.outputs.map(({ key, template }) => {
      const name = template.Export === undefined ? undefined : resolveIntrinsics(template.Export.Name, this.#scope);
      const value = resolveIntrinsics(template.Value, this.#scope);
      return {
        key,
        value: this.#outputText(key, value),
        description: template.Description,
        exportName: typeof name === 'string' ? name : undefined,
      };
    });
  }

  #outputText(key: string, value: unknown): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw validationError(`Template format error: The Value field of Outputs/${key} must evaluate to a string.`);
  }

  async #deployOne(planned: PlannedResource, existing: StackResource | undefined): Promise<StackResource> {
    const properties = this.#resolveProperties(planned, existing);
    if (existing === undefined) return this.#create(planned, properties);
    const { createOnly } = this.#services.providers.get(planned.type);
    if (needsReplacement(createOnly, existing.properties, properties)) return this.#replace(planned, existing, properties);
    if (isDeepStrictEqual(existing.properties, properties))
      return this.#describe(planned, existing, { properties, status: existing.status });
    return this.#update(planned, existing, properties);
  }

  #resolveProperties(planned: PlannedResource, existing: StackResource | undefined): Properties {
    try {
      const resolved = resolveIntrinsics(planned.template.Properties, this.#scope);
      return isJsonObject(resolved) ? resolved : {};
    } catch (thrown) {
      const verb = existing === undefined ? 'create' : 'update';
      const status = existing === undefined ? 'CREATE_FAILED' : 'UPDATE_FAILED';
      this.#stack.recordResource(planned, status, thrown instanceof Error ? thrown.message : String(thrown));
      throw new ResourceFailure(planned.logicalId, verb);
    }
  }

  #shown({ template }: PlannedResource): Properties {
    return shownProperties(template.Properties, this.#shownScope);
  }

  async #create(planned: PlannedResource, properties: Properties): Promise<StackResource> {
    const created = await this.#make(planned, properties, 'create');
    this.journal.push({ done: 'created', after: created });
    return created;
  }

  async #replace(planned: PlannedResource, before: StackResource, properties: Properties): Promise<StackResource> {
    const reason = 'Requested update requires the creation of a new physical resource; hence creating one.';
    this.#stack.recordResource({ ...before, shownProperties: this.#shown(planned) }, 'UPDATE_IN_PROGRESS', reason);
    const after = await this.#make(planned, properties, 'update');
    this.journal.push({ done: 'replaced', before, after });
    return after;
  }

  async #make(planned: PlannedResource, properties: Properties, verb: 'create' | 'update'): Promise<StackResource> {
    const prefix = verb === 'create' ? 'CREATE' : 'UPDATE';
    const pending = { logicalId: planned.logicalId, type: planned.type, shownProperties: this.#shown(planned) };
    if (verb === 'create') this.#stack.recordResource(pending, 'CREATE_IN_PROGRESS');
    try {
      const state = await this.#services.providers.get(planned.type).create(properties, resourceContext(this.#stack, planned));
      const made = this.#describe(planned, state, { properties, status: `${prefix}_COMPLETE` });
      this.#stack.recordResource(made, made.status);
      return made;
    } catch (thrown) {
      if (thrown instanceof PartialCreation) {
        this.journal.push({ done: 'created', after: this.#describe(planned, thrown.left, { properties, status: 'CREATE_FAILED' }) });
      }
      this.#stack.recordResource(pending, `${prefix}_FAILED`, failureReason(thrown));
      throw new ResourceFailure(planned.logicalId, verb);
    }
  }

  async #update(planned: PlannedResource, before: StackResource, properties: Properties): Promise<StackResource> {
    const pending = { ...before, shownProperties: this.#shown(planned) };
    const provider = this.#services.providers.get(planned.type);
    const change = { from: before.properties, to: properties };
    this.#stack.recordResource(pending, 'UPDATE_IN_PROGRESS');
    let isTouched = false;
    try {
      provider.checkUpdate?.(change);
      isTouched = true;
      const state = await provider.update(before, change, resourceContext(this.#stack, planned));
      const after = this.#describe(planned, state, { properties, status: 'UPDATE_COMPLETE' });
      // A custom resource replaces itself by answering another physical id.
      this.journal.push({ done: state.physicalId === before.physicalId ? 'updated' : 'replaced', before, after });
      this.#stack.recordResource(after, 'UPDATE_COMPLETE');
      return after;
    } catch (thrown) {
      const after = this.#describe(planned, before, { properties, status: 'UPDATE_FAILED' });
      if (isTouched && !(thrown instanceof PropertiesRefused)) this.journal.push({ done: 'updated', before, after });
      this.#stack.recordResource(pending, 'UPDATE_FAILED', failureReason(thrown));
      throw new ResourceFailure(planned.logicalId, 'update');
    }
  }

  #describe(
    planned: PlannedResource,
    state: ResourceState,
    how: { readonly properties: Properties; readonly status: ResourceStatus },
  ): StackResource {
    return {
      logicalId: planned.logicalId,
      type: planned.type,
      physicalId: state.physicalId,
      attributes: state.attributes,
      ...(state.isSecret === undefined ? {} : { isSecret: state.isSecret }),
      properties: how.properties,
      shownProperties: this.#shown(planned),
      dependencies: planned.dependencies,
      template: planned.template,
      status: how.status,
      updatedAtMs: this.#services.clock.now(),
    };
  }
}
