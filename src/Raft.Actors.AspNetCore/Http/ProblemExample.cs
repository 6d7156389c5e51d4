namespace Raft.Actors.AspNetCore.Http;

/// <summary>An example of a problem, for the documentation of the API.</summary>
/// <param name="Title">The kind of problem.</param>
/// <param name="Detail">What is wrong and what to do.</param>
internal sealed record ProblemExample(string Title, string Detail)
{
    /// <summary>The default examples by status code, for routes without their own.</summary>
    public static IReadOnlyDictionary<int, ProblemExample> Usual { get; } = new Dictionary<int, ProblemExample>
    {
        [400] = new("Invalid limit", "limit is 'ten'; it must be a whole number from 1 to 1000."),
        [404] = new("No such node", "No address is known of a node n9. Known are n1, n2, n3."),
        [409] = new("Not possible now", "n2 leads already."),
        [413] = new("Body too large", "The body exceeds the limit of 4096 bytes. Send only {\"to\":\"n2\"}."),
        [415] = new(
            "Wrong content type", "A POST must be JSON, even without a body. Send the header Content-Type: application/json."),
        [429] = new("Overloaded", "The leader has 16384 requests under way, the limit. Nothing was done; try again later."),
        [503] = new("No answer", "No node leads: n1 follows nobody in term 7; n2 and n3 did not answer."),
        [504] = new("Outcome unknown", "No answer came within 5 s; the write may or may not be done, now or later."),
    };
}
