using Raft.Simulation.Traces;
using Xunit;

namespace Raft.Simulation.Tests.Traces;

public sealed class JoinedModulesTests
{
    [Fact]
    public void A_module_appears_once_and_after_those_that_it_imports() =>
        Assert.Equal(
            """
            const depth = 1;

            class Lake { depth = depth; }

            new Lake(depth);

            """.ReplaceLineEndings("\n"),
            Join(
                ("main.js", "import { Lake } from \"./lake.js\";\nimport { depth } from \"./depth.js\";\nnew Lake(depth);\n"),
                ("lake.js", "import { depth } from \"./depth.js\";\nexport class Lake { depth = depth; }\n"),
                ("depth.js", "export const depth = 1;\n")));

    [Fact]
    public void An_import_may_take_several_lines() =>
        Assert.Equal(
            "const a = 1;\nconst b = 2;\n\na + b;\n",
            Join(
                ("main.js", "import {\n  a, b,\n} from \"./numbers.js\";\na + b;\n"),
                ("numbers.js", "export const a = 1;\nexport const b = 2;\n")));

    [Fact]
    public void Modules_that_import_each_other_are_refused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Join(
            ("main.js", "import { a } from \"./a.js\";\n"),
            ("a.js", "import { b } from \"./b.js\";\nexport const a = b;\n"),
            ("b.js", "import { a } from \"./a.js\";\nexport const b = a;\n")));

        Assert.Equal("modules import one another: main.js, a.js, b.js, a.js", refusal.Message);
    }

    [Theory]
    [InlineData("import { a as b } from \"./a.js\";")]
    [InlineData("import * as a from \"./a.js\";")]
    [InlineData("import a from \"./a.js\";")]
    [InlineData("import { a } from \"https://host/a.js\";")]
    [InlineData("export default function a() {}")]
    [InlineData("export { a };")]
    [InlineData("const a = await import(\"./a.js\");")]
    public void What_joining_would_change_the_meaning_of_is_refused(string line) =>
        Assert.Throws<InvalidOperationException>(() => Join(("main.js", line + "\n"), ("a.js", "export const a = 1;\n")));

    private static string Join(params (string Name, string Text)[] modules) =>
        JoinedModules.Of("main.js", name => modules.Single(module => module.Name == name).Text);
}
