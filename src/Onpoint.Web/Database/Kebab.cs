using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Onpoint.Web.Database;

/// <summary>Enum values as the words of the wire and of the database: TooFew is "too-few".</summary>
internal static class Kebab
{
    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The same with blanks, for people: "too few".</summary>
    public static string Words<TEnum>(TEnum value)
        where TEnum : struct, Enum => Name(value).Replace('-', ' ');

    public static TEnum Parse<TEnum>(string name)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().First(value => Name(value) == name);

    public static ValueConverter<TEnum, string> Converter<TEnum>()
        where TEnum : struct, Enum => new(value => Name(value), name => Parse<TEnum>(name));
}
