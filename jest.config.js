const shared = {
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
};

module.exports = {
  // Tests that run programs may do so on a machine that does much else. Those that take longer by themselves say so.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        ...['charts', 'cluster', 'e2e', 'package', 'python'].map((name) => `<rootDir>/test/${name}/`),
      ],
    },
    { ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/*.test.ts'] },
    { ...shared, displayName: 'python', testMatch: ['<rootDir>/test/python/*.test.ts'] },
    { ...shared, displayName: 'charts', testMatch: ['<rootDir>/test/charts/*.test.ts'] },
    { ...shared, displayName: 'cluster', testMatch: ['<rootDir>/test/cluster/*.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/*.test.ts'] },
  ],
};
