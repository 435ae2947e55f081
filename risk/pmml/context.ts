import type { Functions } from './expression';
import type { DataField } from './fields';
import type { Model, TargetField } from './prediction';
import type { Field, Scope, Slots } from './scope';
import type { XmlElement } from './xml';

/** What all of a document shares while it is compiled. */
export interface DocumentContext {
  readonly dataFields: ReadonlyMap<string, DataField>;
  readonly functions: Functions;
  readonly slots: Slots;
  /** Whether some output asks which node or segment was decisive. */
  readonly namesEntities: boolean;
  /** The fields that are visible results, by name. */
  readonly results: Map<string, Field>;
}

/** What a model has around it while it is compiled. */
export interface ModelContext extends DocumentContext {
  readonly scope: Scope;
  readonly isClassifier: boolean;
  readonly target: TargetField;
  /** Whether it is computed in numbers of 32 bits. */
  readonly isSingle: boolean;
  /** Compiles a model inside this one; says whether its prediction stands by itself, or is one of many. */
  readonly compileInner: (element: XmlElement, context: ModelContext, isSelecting: boolean) => Model;
}
