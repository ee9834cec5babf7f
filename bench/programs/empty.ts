// The peer of main.ts: a cdk8s app with nothing in it.
import { App, Chart } from 'cdk8s';

const app = new App();
new Chart(app, 'empty');
app.synth();
