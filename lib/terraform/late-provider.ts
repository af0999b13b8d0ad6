import { encodedSchema } from "./encoded-schema";
import type { Provider } from "./plugin/provider";

type Answer<Name extends keyof Provider> = ReturnType<Provider[Name]>;
type Request<Name extends keyof Provider> = Parameters<Provider[Name]>[0];

/**
 * Answers what needs no kinds, and has the provider loaded by the first call that needs them: of the processes that Terraform starts
 * for a plan, one asks for nothing but the schema.
 */
export class LateProvider implements Provider {
  private loaded: Provider | undefined;

  constructor(private readonly load: () => Provider) {}

  schema(): Answer<"schema"> {
    const encoded = encodedSchema();
    return encoded ? Promise.resolve(encoded) : this.provider.schema();
  }

  /** What can be said of the block is said when it is configured. */
  validateProvider(): Answer<"validateProvider"> {
    return Promise.resolve({});
  }

  configure(request: Request<"configure">): Answer<"configure"> {
    return this.provider.configure(request);
  }

  validateResource(request: Request<"validateResource">): Answer<"validateResource"> {
    return this.provider.validateResource(request);
  }

  upgradeState(request: Request<"upgradeState">): Answer<"upgradeState"> {
    return this.provider.upgradeState(request);
  }

  read(request: Request<"read">): Answer<"read"> {
    return this.provider.read(request);
  }

  plan(request: Request<"plan">): Answer<"plan"> {
    return this.provider.plan(request);
  }

  apply(request: Request<"apply">): Answer<"apply"> {
    return this.provider.apply(request);
  }

  import(request: Request<"import">): Answer<"import"> {
    return this.provider.import(request);
  }

  validateDataSource(request: Request<"validateDataSource">): Answer<"validateDataSource"> {
    return this.provider.validateDataSource(request);
  }

  readDataSource(request: Request<"readDataSource">): Answer<"readDataSource"> {
    return this.provider.readDataSource(request);
  }

  /** Nothing runs where nothing is loaded. */
  stop(): Answer<"stop"> {
    return this.loaded?.stop() ?? Promise.resolve();
  }

  private get provider(): Provider {
    return (this.loaded ??= this.load());
  }
}
