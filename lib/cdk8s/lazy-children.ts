import type { Construct } from 'constructs';

/**
 * Add the children of a construct when somebody first looks at them, which the synth does at the latest. Until then what they are made from
 * can be got ready in the background.
 *
 * It replaces `node.children`, by which trees are walked, and `node.tryFindChild`, by which one child is looked up: constructs has no hook
 * for either. Without that the program would wait for each Helm chart before it begins with the next.
 */
export function addLazyChildren(construct: Construct, add: () => void): void {
  const { node } = construct;
  const addNow = () => {
    // The node is again as its class has it: adding children looks at them too.
    Reflect.deleteProperty(node, 'children');
    Reflect.deleteProperty(node, 'tryFindChild');
    add();
  };
  Object.defineProperty(node, 'children', {
    configurable: true,
    get: () => {
      addNow();
      return node.children;
    },
  });
  Object.defineProperty(node, 'tryFindChild', {
    configurable: true,
    value: (id: string) => {
      addNow();
      return node.tryFindChild(id);
    },
  });
}
