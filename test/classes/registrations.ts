import * as pulumi from "@pulumi/pulumi";

/** What the engine is told of a resource. */
export interface Registered {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly deleteBeforeReplace: boolean;
}

type Register = ReturnType<typeof monitor>["registerResource"];

function monitor() {
  const found = pulumi.runtime.getMonitor();
  if (!found) throw new Error("there are no mocks");
  return found;
}

/** Runs a program against Pulumi's mocks; answers what it has told the engine of its resources, in order. */
export async function registrations(program: () => Promise<void>): Promise<Registered[]> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call: () => ({}),
  });
  const told: Registered[] = [];
  const engine = monitor();
  const register: Register = engine.registerResource.bind(engine);
  const noted = ((...[request, ...rest]: Parameters<Register>) => {
    const inputs = request.getObject()?.toJavaScript() ?? {};
    told.push({ name: request.getName(), inputs, deleteBeforeReplace: request.getDeletebeforereplace() });
    return register(request, ...rest);
  }) as Register;
  engine.registerResource = noted;
  await program();
  return told;
}
